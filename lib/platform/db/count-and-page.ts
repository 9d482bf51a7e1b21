import type { AliasedExpression, Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** How many rows `some` has, and the rows of `page`, asked for at the same time. */
export async function countAndPage<Row>(
  db: Kysely<Schema>,
  some: AliasedExpression<object, 'some'>,
  page: { execute(): Promise<Row[]> },
): Promise<{ count: number; rows: Row[] }> {
  const [{ count }, rows] = await Promise.all([
    db
      .selectFrom(some)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
    page.execute(),
  ])
  return { count: Number(count), rows }
}
