import type { Services } from '#lib/services.ts'
import type { SamePersonNamed } from './same-person.ts'
import { selectSamePersons } from './sketches-table.ts'

/** Pairs that are shown, the latest first. */
const PAIRS_MAX = 200

/** Pairs of visible samples of a project that seem to be of one person, the latest first. The caller may see the project. */
export const listSamePersons = (
  { db }: Pick<Services, 'db'>,
  projectId: string,
): Promise<SamePersonNamed[]> => selectSamePersons(db, projectId, PAIRS_MAX)
