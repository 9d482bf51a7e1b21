import type { Metadata } from 'next'
import { DoctorReportPage } from '#components/console/doctor/doctor-report-page.tsx'

export const metadata: Metadata = { title: 'Doctor' }

export default function Page() {
  return <DoctorReportPage />
}
