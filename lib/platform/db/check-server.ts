import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from 'pino'
import { StartRefusal } from '../start-refusal.ts'
import { isOutage } from './is-outage.ts'

/** A database that starts together with the service is there by then. */
const WAIT_MS_MAX = 60_000
const RETRY_MS = 1_000
const ANSWER_MS_MAX = 10_000
const VERSION_MIN = 15
const SKEW_SECONDS_MAX = 5
/** A pooler under load may by chance give the same connection twice. */
const POOLER_ROUNDS = 5

export const NOT_PRIMARY =
  'The database server of DATABASE_URL is a standby or read-only, and this service has to write: name the primary there.'

interface Options {
  url: string
  log: Logger
  waitMs?: number
  /** Ends the waiting: the process is being stopped. */
  signal?: AbortSignal | undefined
}

/**
 * Wait up to a minute for a PostgreSQL server, then reject with one sentence, which says what to do, if the service cannot
 * work on it: a standby, another encoding than UTF8, an old version, missing rights (to create, only before there is a schema), or a pooler that shares connections between
 * transactions. A clock that differs from this machine's is logged.
 */
export async function checkServer({ url, log, waitMs = WAIT_MS_MAX, signal }: Options): Promise<void> {
  const client = await firstConnection({ url, log, waitMs, signal })
  try {
    const asked = Date.now() / 1_000
    const [found] = (await client.query<Found>(QUESTION)).rows
    const heard = Date.now() / 1_000
    for (const fault of faultsOf(found!)) throw new StartRefusal(fault)
    // A pooler shows clients another process id than the server's own.
    if (found!.pid !== (client as { processID?: number }).processID) await refuseSharedSessions(client, url)
    // This process may have been busy for seconds between question and answer.
    const { seconds } = found!
    warnOfSkew(seconds < asked ? seconds - asked : Math.max(0, seconds - heard), log)
  } finally {
    await client.end().catch(() => {})
  }
}

interface Found {
  pid: number
  version: number
  read_only: boolean
  encoding: string
  role: string
  database: string
  /** May create schemas, of which the queue needs one. */
  schemas: boolean
  /** May create tables in the schema `public`. */
  tables: boolean
  /** Its schema is there: another role may own it. */
  migrated: boolean
  seconds: number
}

const QUESTION = `select pg_backend_pid() as pid,
  current_setting('server_version_num')::int / 10000 as version,
  pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as read_only,
  current_setting('server_encoding') as encoding,
  current_user as role, current_database() as database,
  has_database_privilege(current_database(), 'CREATE') as schemas,
  coalesce(has_schema_privilege(to_regnamespace('public')::oid, 'CREATE'), false) as tables,
  to_regclass('kysely_migration') is not null and to_regclass('queue.version') is not null as migrated,
  extract(epoch from clock_timestamp())::float8 as seconds`

/** With two roles, the one of the service must not get those rights. */
const OR_MIGRATE = 'where another role owns the schema, run `arraydrop admin migrate` as that role instead.'

function* faultsOf({
  version,
  read_only,
  encoding,
  role,
  database,
  schemas,
  tables,
  migrated,
}: Found): Generator<string> {
  const [to, on] = [pg.escapeIdentifier(role), pg.escapeIdentifier(database)]
  if (version < VERSION_MIN) {
    yield `The database server is PostgreSQL ${version}, but ${VERSION_MIN} or newer is needed: upgrade it, or move the database to a newer server as docs/operations.md describes.`
  }
  if (read_only) yield NOT_PRIMARY
  if (encoding !== 'UTF8') {
    yield `The database ${on} has the encoding ${encoding}, which cannot hold every name: create it with ENCODING 'UTF8' TEMPLATE template0.`
  }
  if (!schemas && !migrated) {
    yield `The database role ${to} may not create schemas: run GRANT CREATE ON DATABASE ${on} TO ${to} as the owner of the database; ${OR_MIGRATE}`
  }
  if (!tables && !migrated) {
    yield `The database role ${to} may not create tables: run GRANT USAGE, CREATE ON SCHEMA public TO ${to} as the owner of the database; ${OR_MIGRATE}`
  }
}

async function firstConnection({
  url,
  log,
  waitMs,
  signal,
}: Options & { waitMs: number }): Promise<pg.Client> {
  const deadline = performance.now() + waitMs
  for (let tries = 0; ; tries++) {
    try {
      return await open(url)
    } catch (thrown) {
      const refusal = explain(thrown)
      if (refusal) throw new StartRefusal(refusal, { cause: thrown })
      if (!isOutage(thrown)) throw thrown
      if (performance.now() >= deadline)
        throw new StartRefusal(unreachable(thrown, waitMs), { cause: thrown })
      if (tries % 10 === 0) {
        const seconds = Math.ceil((deadline - performance.now()) / 1_000)
        log.warn({ err: thrown }, `The database cannot be reached yet; waiting up to ${seconds} s more`)
      }
      await wait(RETRY_MS, undefined, { signal })
    }
  }
}

async function open(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'arraydrop-check',
    connectionTimeoutMillis: ANSWER_MS_MAX,
    query_timeout: ANSWER_MS_MAX,
  })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (thrown) {
    client.end().catch(() => {})
    throw thrown
  }
  return client
}

function unreachable(thrown: unknown, waitMs: number): string {
  const { code, message } = (thrown ?? {}) as NodeJS.ErrnoException
  const seconds = Math.ceil(waitMs / 1_000)
  // PostgreSQL itself has answered: too many clients, or it starts or stops.
  if (code && /^\d[0-9A-Z]{4}$/.test(code)) {
    return `The database of DATABASE_URL has refused connections for ${seconds} s (${message}): wait until it is ready, or let it take more connections.`
  }
  return `The database of DATABASE_URL has not answered for ${seconds} s (${code ?? message}): check the address, and that the server runs.`
}

/** What no waiting cures, as a sentence that says what to do. */
function explain(thrown: unknown): string | undefined {
  const { code = '', message = '', syscall, path } = (thrown ?? {}) as NodeJS.ErrnoException
  if (syscall === 'open') {
    return `The file ${path} that DATABASE_URL names cannot be read (${code}): correct sslrootcert, sslcert or sslkey, or let the service's user read it.`
  }
  switch (code) {
    case '3D000':
      return 'The database of DATABASE_URL does not exist: create it first (CREATE DATABASE …).'
    case '28P01':
    case '28000':
      return `The database server does not let the role of DATABASE_URL in: ${message}. Check the name, the password and pg_hba.conf.`
    case '42501':
      return `The role of DATABASE_URL may not connect to the database (${message}): run GRANT CONNECT ON DATABASE … TO … as the owner of the database.`
    case '08P01':
      return `The pooler in front of the database refuses the connection: ${message}. docs/operations.md has settings that work.`
  }
  if (/CERT|SIGNATURE|ALTNAME/.test(code)) {
    return `The certificate of the database server is not trusted (${code}): name the authority that signed it with sslmode=verify-full&sslrootcert=/path/ca.pem in DATABASE_URL, and the server as its certificate does.`
  }
  if (/client password must be/.test(message)) {
    return 'The database server asks for a password, and DATABASE_URL has none: put it after the name of the role, with a colon between, percent-encoded.'
  }
  if (/does not support SSL connections/.test(message)) {
    return 'The database server does not support TLS, but DATABASE_URL asks for it: switch it on there, or remove sslmode.'
  }
  return undefined
}

/**
 * Locks and notifications belong to a session. What one session has set must not reach another, and must still be there after
 * that other one was at work.
 */
async function refuseSharedSessions(first: pg.Client, url: string): Promise<void> {
  const second = await open(url)
  const mark = randomUUID()
  const seen = async (client: pg.Client) => {
    const { rows } = await client.query(`select current_setting('arraydrop.session', true) as mark`)
    return rows[0].mark
  }
  try {
    for (let round = 0; round < POOLER_ROUNDS; round++) {
      await first.query(`select set_config('arraydrop.session', $1, false)`, [mark])
      await second.query('begin')
      const shared = (await seen(second)) === mark || (await seen(first)) !== mark
      await second.query('rollback')
      if (shared) throw sharedSessions()
    }
  } catch (thrown) {
    // Pooling by statement has no transactions at all.
    if ((thrown as { code?: string }).code === '08P01') throw sharedSessions()
    throw thrown
  } finally {
    await second.end().catch(() => {})
  }
}

const sharedSessions = () =>
  new StartRefusal(
    'The pooler in front of the database shares connections between transactions, where locks and notifications are lost: set pool_mode=session for this database, or connect to the server itself.',
  )

function warnOfSkew(difference: number, log: Logger): void {
  const seconds = Math.round(difference)
  if (Math.abs(seconds) <= SKEW_SECONDS_MAX) return
  log.warn(
    { seconds },
    'The clocks of the database and of this machine differ; time limits follow the database. Synchronise both by NTP.',
  )
}
