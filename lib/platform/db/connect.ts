import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Logger } from 'pino'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { nameOfStatement } from './prepared-statement.ts'
import type { Schema } from './schema.ts'

/** Connections of one process, besides those of its queue and lock: several processes share the server's 60. */
const CONNECTIONS_MAX = 10
const CONNECT_TIMEOUT_MS = 10_000
/** No statement of ours takes this long; when the database hangs, the request fails instead of hanging too. */
const STATEMENT_TIMEOUT_MS = 30_000
/** An idle transaction is ended after this, so that its locks are released. */
const IDLE_TRANSACTION_TIMEOUT_MS = 60_000

interface Options {
  url: string
  log: Logger
  /** Name of the connections in `pg_stat_activity`. */
  applicationName?: string
  connectionsMax?: number
  telemetry?: Pick<Telemetry, 'observe'>
  /** Statements may take as long as they need: for migrations. */
  patient?: boolean
}

/**
 * A lazy pool: nothing connects before the first statement, and `destroy()` closes it. A lost idle connection is
 * logged and replaced; a statement that finds no connection within 10 s, or runs longer than 30 s unless `patient`, rejects.
 */
export function connect({
  url,
  log,
  applicationName = 'arraydrop',
  connectionsMax = CONNECTIONS_MAX,
  telemetry,
  patient = false,
}: Options): Kysely<Schema> {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: applicationName,
    max: connectionsMax,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    // The server gives up first, with a reason; this limit is for a server that no longer responds.
    ...(patient ? {} : { query_timeout: STATEMENT_TIMEOUT_MS + 5_000 }),
    keepAlive: true,
    onConnect: (client) => setUp(client, patient ? 0 : STATEMENT_TIMEOUT_MS),
    types: { getTypeParser },
  })
  // Without a listener a restart of PostgreSQL would end this process.
  pool.on('error', (err) => log.warn({ err }, 'An idle database connection was lost'))
  // The same for a connection that is lost inside a transaction, between two statements: the next one rejects.
  pool.on('connect', (client) => client.on('error', () => {}))
  pool.on('connect', keepPrepared)
  telemetry?.observe('db.client.connection.count', () => [
    { value: pool.idleCount, labels: { state: 'idle' } },
    { value: pool.totalCount - pool.idleCount, labels: { state: 'used' } },
  ])
  telemetry?.observe('db.client.connection.pending_requests', () => [
    { value: pool.waitingCount, labels: {} },
  ])
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
}

/** Lets a connection keep the statements that are to be prepared, which Kysely has no name for. */
function keepPrepared(client: pg.PoolClient): void {
  const query = (query: unknown, values: unknown, ...rest: unknown[]): unknown => {
    const send = (...given: unknown[]) => Reflect.apply(pg.Client.prototype.query, client, given)
    const name = typeof query === 'string' && Array.isArray(values) ? nameOfStatement(query) : undefined
    if (name === undefined) return send(query, values, ...rest)
    // Given as an object it would be copied property by property, which takes longer than to send it.
    const prepared = Object.assign(new pg.Query(query as string, values as unknown[]), { name })
    return new Promise((resolve, reject) =>
      send(prepared, (error: Error | null, result: unknown) => (error ? reject(error) : resolve(result))),
    )
  }
  Object.assign(client, { query })
}

/**
 * By SQL, because a pooler refuses these as parameters of the connection. The search path is ours, not the role's: whoever
 * may alter the role could lead the audit trail to other tables of the same names.
 */
async function setUp(client: pg.ClientBase, statementMs: number): Promise<void> {
  await client.query(
    `set statement_timeout = ${statementMs};
     set idle_in_transaction_session_timeout = ${IDLE_TRANSACTION_TIMEOUT_MS};
     set search_path = public, pg_temp`,
  )
}

/** As pg reads values, but BIGINT as a number: here it only counts bytes and rows, far below 2^53. */
const getTypeParser: pg.CustomTypesConfig['getTypeParser'] = (oid, format) =>
  oid === pg.types.builtins.INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format)
