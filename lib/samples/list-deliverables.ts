import type { Services } from '#lib/services.ts'
import type { Deliverable } from './deliverable.ts'
import { selectDeliverables } from './deliverables-table.ts'

/** The deliverables of a sample; none until its run has ended well. */
export const listDeliverables = ({ db }: Pick<Services, 'db'>, sampleId: string): Promise<Deliverable[]> =>
  selectDeliverables(db, sampleId)
