import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { vi } from 'vitest'

/** Tables whose rows are set up by people, or are a fixed number: all others grow with use, and are guarded. */
const SMALL = new Set([
  'project',
  'organization',
  'subscription',
  'subscription_secret',
  'subscription_deleted',
  'sketches_given_up',
  'source_lane',
  'app_user',
  'user_second_factor',
  'user_project_role',
  'api_key',
  'retention',
  'secret_in_use',
  'sweep_failure',
  'sweep_lease',
  'audit_head',
  'audit_archive',
  'audit_note',
  'clock',
])

/** Of a partition. */
const MONTH = /_\d{4}_\d\d$/

/** Reads no more of what is below than is read of itself. */
const PASSING_ON = new Set(['Append', 'Merge Append', 'Result', 'Subquery Scan'])

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  Filter?: string
  'Join Filter'?: string
  'Actual Rows'?: number
  'Actual Loops'?: number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: PlanNode[]
}

/**
 * What is wrong with the plans of the statements that `act` sent: a growing table read from end to end although the
 * planner was told to avoid that, or the time asked for each of its rows. Empty when every table can be as large as it
 * likes.
 */
export async function slowPlansOf(databaseUrl: string, act: () => Promise<unknown>): Promise<string[]> {
  const statements = await statementsOf(act)
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query('set enable_seqscan = off')
    const faults: string[] = []
    for (const [statement, values] of statements) {
      const { rows } = await client.query(`explain (format json) ${statement}`, values)
      for (const fault of faultsOf(rows[0]['QUERY PLAN'][0].Plan)) faults.push(`${fault}: ${statement}`)
    }
    return faults
  } finally {
    await client.end()
  }
}

/**
 * The statements that `act` sent and that, sent again as things are now and undone, read
 * more than so many rows of a growing table: an index may be there, and be read from end to end.
 */
export async function longReadsOf(
  databaseUrl: string,
  rowsMax: number,
  act: () => Promise<unknown>,
): Promise<string[]> {
  const statements = await statementsOf(act)
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const long: string[] = []
    for (const [statement, values] of statements) {
      await client.query('begin')
      const { rows } = await client.query(`explain (analyze, format json) ${statement}`, values)
      await client.query('rollback')
      for (const [table, read] of readsOf(rows[0]['QUERY PLAN'][0].Plan)) {
        if (read > rowsMax) long.push(`${read} rows of ${table}: ${statement}`)
      }
    }
    return long
  } finally {
    await client.end()
  }
}

/** The statements of `act` that change or delete rows of a growing table by no more than a condition: however many there are. */
export async function unlimitedWritesOf(act: () => Promise<unknown>): Promise<string[]> {
  const texts = [...(await statementsOf(act)).keys()]
  return texts.filter((text) => {
    const writes = [...text.matchAll(WRITE)]
    return writes.some(({ 1: table, index }, n) => {
      const write = text.slice(index, writes[n + 1]?.index)
      return !SMALL.has(table!) && !NAMES_ROWS.test(write)
    })
  })
}

/** A write and its table: neither a lock nor what an insert does on a conflict. */
const WRITE = /\b(?:delete from|(?<!\b(?:for|key|do) )update) "?(\w+)/gi

/** So many, these, or one. */
const NAMES_ROWS = /\blimit\b|\bwhere .*(?<!\w)"?(?:ct)?id"? (?:= (?:any\()?|in \()\$\d/is

/** Rows of growing tables that a plan has read, whether or not it had use for them. */
function readsOf(node: PlanNode): [table: string, rows: number][] {
  const below = (node.Plans ?? []).flatMap(readsOf)
  const table = node['Relation Name']?.replace(MONTH, '')
  if (!table || SMALL.has(table) || node['Node Type'] === 'ModifyTable') return below
  const once =
    (node['Actual Rows'] ?? 0) +
    (node['Rows Removed by Filter'] ?? 0) +
    (node['Rows Removed by Index Recheck'] ?? 0)
  return [...below, [table, once * (node['Actual Loops'] ?? 0)]]
}

/** Calls of a client's `query` that the running `act` has made. */
const asked = new AsyncLocalStorage<unknown[][]>()

/**
 * Each statement of `act` once, with the values of its first use; without those that only change the connection, and
 * without what this process asks on its own while `act` runs, as the queue does by the minute. Throws if there is none.
 */
async function statementsOf(act: () => Promise<unknown>): Promise<Map<string, unknown[]>> {
  const query = pg.Client.prototype.query
  const sent = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...given: unknown[]
  ) {
    asked.getStore()?.push(given)
    return Reflect.apply(query, this, given)
  })
  const calls: unknown[][] = []
  try {
    await asked.run(calls, act)
  } finally {
    sent.mockRestore()
  }
  const statements = new Map<string, unknown[]>()
  for (const [query, given] of calls) {
    // A prepared one comes as an object, with a comment before it.
    const { text, values } =
      typeof query === 'string' ? { text: query, values: given } : (query as pg.QueryConfig)
    if (!/^(?:\/\*.*?\*\/)?\s*(select|with|insert|update|delete)\b/i.test(text)) continue
    if (!statements.has(text)) statements.set(text, Array.isArray(values) ? values : [])
  }
  if (statements.size === 0) throw new Error('No statement was sent.')
  return statements
}

/** `limited`: the node is read only as far as a page goes. */
function faultsOf(node: PlanNode, limited = false): string[] {
  const isLimited = node['Node Type'] === 'Limit' || (limited && PASSING_ON.has(node['Node Type']))
  const below = (node.Plans ?? []).flatMap((plan) => faultsOf(plan, isLimited))
  const table = node['Relation Name']?.replace(MONTH, '')
  if (!table || SMALL.has(table)) return below
  const whole =
    node['Node Type'] === 'Seq Scan' ||
    (node['Index Name'] === `${node['Relation Name']}_pkey` && !node['Index Cond'] && !limited)
  const timed = [node.Filter, node['Join Filter']].some((filter) => filter?.includes('app_now('))
  return [
    ...below,
    ...(whole ? [`${table} is read from end to end`] : []),
    ...(timed ? [`the time is asked for each row of ${table}`] : []),
  ]
}
