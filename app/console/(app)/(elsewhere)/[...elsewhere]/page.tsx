import { notFound } from 'next/navigation'

/** An address below /console that no page has. */
export default function Page() {
  notFound()
}
