import { LoadingLines } from '#components/console/kit/api-result.tsx'

/** While the next page comes. */
export default function Loading() {
  return <LoadingLines lines={8} />
}
