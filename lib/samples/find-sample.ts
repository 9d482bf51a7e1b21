import { type Caller, seesProject } from '#lib/access/caller.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { isUuid } from '#lib/wire/fields.ts'
import { type SampleRow, selectSample } from './samples-table.ts'

/** A sample that the caller may see. What it may not see does not exist: the same 404. */
export async function findSample({ db }: Services, caller: Caller, id: string): Promise<SampleRow> {
  const sample = isUuid(id) ? await selectSample(db, id) : undefined
  if (!sample || !seesProject(caller, sample.project_id)) throw new Problem('not_found', 'Not found.')
  return sample
}
