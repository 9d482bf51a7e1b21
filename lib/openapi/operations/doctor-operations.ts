import { WireDoctorReport } from '#lib/doctor/wire.ts'
import { named, type Operation } from '../operation.ts'

export const DOCTOR_OPERATIONS: readonly Operation[] = [
  {
    id: 'getDoctorReport',
    tag: 'Doctor',
    method: 'GET',
    path: '/api/v2/doctor-reports/{code}',
    right: null,
    ours: true,
    summary: 'Get what the page /doctor found',
    more: 'A person who opened `/doctor` and asked for a code gives it to you. The report holds nothing about the person, and is deleted after 24 hours.',
    answer: {
      status: 200,
      words: 'Every check with what it found, what that means, and what to change.',
      body: named('DoctorReport', WireDoctorReport),
    },
  },
]
