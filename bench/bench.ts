import type { Partner } from '../e2e/service/partner.ts'
import type { Service } from '../e2e/service/start-service.ts'
import type { BenchFiles } from './make-files.ts'

/** What every measurement starts with: synthetic files, a running service, and a partner. */
export interface Bench {
  /** A directory that is removed after the run. */
  directory: string
  files: BenchFiles
  service: Service
  partner: Partner
}
