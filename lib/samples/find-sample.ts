import { Problem } from '#lib/problem.ts'
import { type Caller, seesProject } from '#lib/projects/caller.ts'
import type { Services } from '#lib/services.ts'
import { type SampleRow, selectSample } from './samples-table.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** A sample that the caller may see. What it may not see does not exist: the same 404. */
export async function findSample({ db }: Services, caller: Caller, id: string): Promise<SampleRow> {
  const sample = UUID.test(id) ? await selectSample(db, id) : undefined
  if (!sample || !seesProject(caller, sample.project_id)) throw new Problem('not_found', 'Not found.')
  return sample
}
