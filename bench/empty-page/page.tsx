import { connection } from 'next/server'
import { EmptyPanel } from './empty-panel.tsx'

/** The least a client page of this application can be, rendered on request as the upload page is. */
export default async function EmptyPage() {
  await connection()
  return <EmptyPanel />
}
