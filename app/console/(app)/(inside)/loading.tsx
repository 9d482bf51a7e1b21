import { LoadingLines } from '#components/console/kit/data-state.tsx'

/** While the next page comes. */
export default function Loading() {
  return <LoadingLines lines={8} />
}
