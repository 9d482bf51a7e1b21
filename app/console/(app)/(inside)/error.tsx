'use client'

import { BrokenPage } from '#components/console/frame/broken-page.tsx'

/** Shown in place of a page that failed; the rest of the console keeps working. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return <BrokenPage id={error.digest} reset={reset} />
}
