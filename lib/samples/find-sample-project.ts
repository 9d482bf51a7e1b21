import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { selectSample } from './samples-table.ts'

/** Id of the project a sample belongs to. For our own jobs: nobody's rights are asked. */
export async function findSampleProject({ db }: Pick<Services, 'db'>, sampleId: string): Promise<string> {
  const sample = await selectSample(db, sampleId)
  if (!sample) throw new Problem('not_found', 'The sample has been deleted.')
  return sample.project_id
}
