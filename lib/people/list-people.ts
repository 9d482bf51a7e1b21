import type { Caller } from '#lib/access/caller.ts'
import { parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { demandPeopleManager } from './demand-people-manager.ts'
import { selectLastSeen, selectUsers } from './users-table.ts'
import { PeopleFilter, presentPerson, type WirePerson } from './wire.ts'

/** One page of everybody who may sign in, or could. */
export async function listPeople(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  query: Record<string, string>,
  page: { limit: number; offset: number },
): Promise<{ count: number; results: WirePerson[] }> {
  demandPeopleManager(caller)
  const { count, rows } = await selectUsers(db, parseFields(PeopleFilter, query).search, page)
  const seen = await selectLastSeen(
    db,
    rows.map(({ id }) => id),
  )
  return { count, results: rows.map((row) => presentPerson(row, seen.get(row.id))) }
}
