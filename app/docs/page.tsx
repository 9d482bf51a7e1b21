import { notFound } from 'next/navigation'

/** The server sends the pages of `/docs` itself (lib/docs), before Next is asked. */
export default function DocsPage(): never {
  notFound()
}
