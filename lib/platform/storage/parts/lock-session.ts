import { randomUUID } from 'node:crypto'
import pg from 'pg'

const CHANNEL = 'upload_lock'
/** A database that does not answer for so long is treated as gone: its locks may be gone too. */
const ANSWER_TIMEOUT_MS = 5_000
/** The locks of a machine that vanished without a word are free after some 25 s, not after two hours. */
const KEEPALIVE =
  'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3'

interface Listeners {
  /** Another session waits for a lock that this one may hold. */
  onWanted(key: string): void
  /** The connection ended, and PostgreSQL has freed, or is about to free, every lock of this session. */
  onLost(session: LockSession): void
}

/**
 * One connection and the session advisory locks on it. Keys are 64-bit integers in decimal. PostgreSQL counts a lock
 * that its own session takes twice: the caller must not ask for one it holds. Needs a session of its own, which
 * PgBouncer gives with `pool_mode=session` only. Any question that fails ends the session.
 */
export class LockSession {
  readonly #client: pg.Client
  readonly #name = randomUUID()
  /** pg warns when one client is asked two things at once, and its next major version will not queue them. */
  #turn: Promise<unknown> = Promise.resolve()
  #lost = false

  private constructor(client: pg.Client) {
    this.#client = client
  }

  static async open(url: string, { onWanted, onLost }: Listeners): Promise<LockSession> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'arraydrop-locks',
      keepAlive: true,
      connectionTimeoutMillis: ANSWER_TIMEOUT_MS,
      query_timeout: ANSWER_TIMEOUT_MS,
    })
    const session = new LockSession(client)
    // Without a listener a restart of PostgreSQL would end this process; what it means is told by `end`.
    client.on('error', () => {})
    client.once('end', () => {
      session.#lost = true
      onLost(session)
    })
    client.on('notification', ({ payload = '' }) => {
      const [from, key] = payload.split(' ')
      // Our own wish comes back to us as well.
      if (key && from !== session.#name) onWanted(key)
    })
    try {
      await client.connect()
      // By SQL, because a pooler refuses these as parameters of the connection.
      await client.query(`${KEEPALIVE}; listen ${CHANNEL}`)
    } catch (thrown) {
      session.close()
      throw thrown
    }
    return session
  }

  get lost(): boolean {
    return this.#lost
  }

  /** Take a lock that is free; else notify its holder that another session waits, and resolve with false. Never waits for it. */
  async tryLock(key: string): Promise<boolean> {
    const { rows } = await this.#ask('select pg_try_advisory_lock($1::bigint) as taken', [key])
    if (rows[0]?.taken === true) return true
    await this.#ask('select pg_notify($1, $2)', [CHANNEL, `${this.#name} ${key}`])
    return false
  }

  async unlock(key: string): Promise<void> {
    await this.#ask('select pg_advisory_unlock($1::bigint)', [key])
  }

  /** Rejects, and ends the session, when the server does not answer. */
  async check(): Promise<void> {
    await this.#ask('select 1', [])
  }

  /** Frees all locks. Does not wait for a server that no longer answers. */
  close(): void {
    this.#lost = true
    this.#client.end().catch(() => {})
  }

  #ask(text: string, values: string[]): Promise<pg.QueryResult<{ taken?: boolean }>> {
    const answer = this.#turn.then(() => this.#client.query(text, values))
    this.#turn = answer.catch(() => this.close())
    return answer
  }
}
