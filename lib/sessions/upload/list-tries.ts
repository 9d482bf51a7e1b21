import type { Caller } from '#lib/access/caller.ts'
import { findSample } from '#lib/samples/find-sample.ts'
import type { Services } from '#lib/services.ts'
import { selectTries, type UploadTry } from './uploads-table.ts'

/** One page of the files that were sent for a sample, newest first. A sample that the caller may not see is 404. */
export async function listTries(
  services: Services,
  caller: Caller,
  sampleId: string,
  page: { limit: number; offset: number },
): Promise<{ count: number; rows: UploadTry[] }> {
  return selectTries(services.db, (await findSample(services, caller, sampleId)).id, page)
}
