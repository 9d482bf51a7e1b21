import pg from 'pg'
import { vi } from 'vitest'

/** Tables that get rows with every sample, and never fewer by themselves. */
const GROWING = new Set([
  'sample',
  'sample_status',
  'sample_tombstone',
  'upload_session',
  'session_event',
  'upload',
  'run',
  'deliverable_file',
  'audit_entry',
  'audit_waiting',
  'insight_link',
  'webhook_event',
  'notification',
  'file_key',
  'fastq_upload',
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
  Plans?: PlanNode[]
}

/**
 * What is wrong with the plans of the statements that connections of this process sent during `act`: a growing table
 * read from end to end although the planner was told to avoid that, or the time asked for each of its rows. Empty when
 * every table can be as large as it likes.
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

/** Each statement once, with the values of its first use; without those that only change the connection. */
async function statementsOf(act: () => Promise<unknown>): Promise<Map<string, unknown[]>> {
  const sent = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await act()
    const statements = new Map<string, unknown[]>()
    for (const [query, given] of sent.mock.calls as unknown[][]) {
      // A prepared one comes as an object, with a comment before it.
      const { text, values } =
        typeof query === 'string' ? { text: query, values: given } : (query as pg.QueryConfig)
      if (!/^(?:\/\*.*?\*\/)?\s*(select|with|insert|update|delete)\b/i.test(text)) continue
      if (!statements.has(text)) statements.set(text, Array.isArray(values) ? values : [])
    }
    return statements
  } finally {
    sent.mockRestore()
  }
}

/** `limited`: the node is read only as far as a page goes. */
function faultsOf(node: PlanNode, limited = false): string[] {
  const isLimited = node['Node Type'] === 'Limit' || (limited && PASSING_ON.has(node['Node Type']))
  const below = (node.Plans ?? []).flatMap((plan) => faultsOf(plan, isLimited))
  const table = node['Relation Name']?.replace(MONTH, '')
  if (!table || !GROWING.has(table)) return below
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
