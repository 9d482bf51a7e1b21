import { type RawBuilder, sql } from 'kysely'

/** A time as PostgreSQL keeps it, in microseconds since 1970: a `Date` is coarser. The column by its name in the statement. */
export const microsecondsOf = (column: string): RawBuilder<string> =>
  sql<string>`(extract(epoch from ${sql.ref(column)}) * 1000000)::bigint`

/** The time of `microsecondsOf`. */
export const timeOf = (microseconds: string | undefined): RawBuilder<Date> =>
  sql<Date>`(timestamptz 'epoch' + ${microseconds}::bigint * interval '1 microsecond')`
