import type { Browser, Finding } from './finding.ts'

/** What one visit of `/doctor` found. Nothing in it leads to a person, a link or a network. */
export interface DoctorReport {
  code: string
  created: Date
  expiresAt: Date
  browser: Browser
  findings: Finding[]
}
