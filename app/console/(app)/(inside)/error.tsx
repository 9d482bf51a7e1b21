'use client'

import { BrokenPage } from '#components/console/frame/broken-page.tsx'

/** A page of the console that broke; the rest of it goes on. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return <BrokenPage id={error.digest} reset={reset} />
}
