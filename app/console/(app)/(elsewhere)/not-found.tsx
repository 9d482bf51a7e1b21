import { PageFrame } from '#components/console/frame/page-frame.tsx'
import { NotFoundNotice } from '#components/console/kit/not-found-notice.tsx'

/** Shown in the console's frame for an address that no page has. */
export default function NotFoundPage() {
  return (
    <PageFrame title="Page not found">
      <NotFoundNotice what="page" back={{ label: 'To the start page', href: '/console' }} />
    </PageFrame>
  )
}
