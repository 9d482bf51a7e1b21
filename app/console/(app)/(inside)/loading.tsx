import { LoadingLines } from '#components/console/kit/api-result.tsx'

/** Shown while the next page loads. */
export default function Loading() {
  return <LoadingLines lines={8} />
}
