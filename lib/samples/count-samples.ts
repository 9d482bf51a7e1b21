import type { Services } from '#lib/services.ts'
import { selectSampleCounts } from './samples-table.ts'

/** How many samples these projects have, by project; a project without any is missing. */
export async function countSamples(
  { db }: Pick<Services, 'db'>,
  projects: readonly { id: string }[],
): Promise<Map<string, number>> {
  if (projects.length === 0) return new Map()
  return selectSampleCounts(
    db,
    projects.map(({ id }) => id),
  )
}
