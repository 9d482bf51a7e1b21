import type { Metadata } from 'next'
import { AuditPage } from '#components/console/audit/audit-page.tsx'

export const metadata: Metadata = { title: 'Audit trail' }

export default function Page() {
  return <AuditPage />
}
