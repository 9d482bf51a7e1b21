import type { Caller } from '#lib/access/caller.ts'
import { findSample } from '#lib/samples/find-sample.ts'
import type { Services } from '#lib/services.ts'
import { type RunRow, selectRunsOf } from './runs-table.ts'

/** One page of the analyses of a sample, newest first. A sample that the caller may not see is 404. */
export async function listRuns(
  services: Services,
  caller: Caller,
  sampleId: string,
  page: { limit: number; offset: number },
): Promise<{ count: number; rows: RunRow[] }> {
  return selectRunsOf(services.db, (await findSample(services, caller, sampleId)).id, page)
}
