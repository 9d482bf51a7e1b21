import type { Partner } from '../e2e/service/partner.ts'
import type { Service } from '../e2e/service/start-service.ts'
import type { BenchFiles } from './make-files.ts'

/** What a measurement finds ready: files of nobody, a running service, and a partner of it. */
export interface Bench {
  /** A directory that goes away with the run. */
  directory: string
  files: BenchFiles
  service: Service
  partner: Partner
}
