import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ERRORS, type Lock, type Locker, type RequestRelease } from '@tus/utils'
import { LockSession } from './lock-session.ts'

/** A request waits for a lock no longer than this; then the tus server answers 500, and the page tries again. */
const WAIT_MS = 5_000
/** Between two tries for a lock that another process holds. */
const RETRY_MS = 50

/** One request's place at one upload: the only one of this process, whether it has the lock or still waits for it. */
interface Claim {
  /** Another request waits. Reported to this one once, and only while it has the lock, because tus then aborts it. */
  want(): void
  grant(session: LockSession): void
  /** Where the lock is held; undefined while waiting. */
  readonly session: LockSession | undefined
  readonly gone: Promise<void>
  leave(): void
}

/**
 * One writer per upload, across processes. Requests of this process queue up; the first of them takes a session
 * advisory lock, asked for without waiting so that one connection serves all uploads. A request that does not get the lock notifies the
 * holder, and the holder lets go within tus's drain time: so the page of a phone that lost its connection
 * does not wait for the dead request. When the connection to PostgreSQL is lost every holder is told to let go; for
 * that drain time another process may already write, which is why a finished upload is copied before it is judged.
 */
export class PostgresLocker implements Locker {
  readonly #url: string
  readonly #waitMs: number
  readonly #claims = new Map<string, Claim>()
  #session: Promise<LockSession> | undefined

  constructor(url: string, { waitMs = WAIT_MS } = {}) {
    this.#url = url
    this.#waitMs = waitMs
  }

  /** Rejects unless locks can be taken now. */
  async check(): Promise<void> {
    const session = await this.#connected()
    await session.check()
  }

  newLock(id: string): Lock {
    const key = keyOf(id)
    let claim: Claim | undefined
    return {
      lock: async (signal, requestRelease) => {
        const late = AbortSignal.any([signal, AbortSignal.timeout(this.#waitMs)])
        claim = await this.#queueUp(key, requestRelease, late)
        try {
          const session = await this.#takeFromOthers(key, late)
          claim.grant(session)
          // Lost in between: those who held a lock had been told before this claim was one of them.
          if (session.lost) claim.want()
        } catch (thrown) {
          claim.leave()
          throw thrown
        }
      },
      unlock: async () => {
        const session = claim?.session
        try {
          // A session that failed has freed the lock, and was told so already.
          if (session && !session.lost) await session.unlock(key).catch(() => {})
        } finally {
          claim?.leave()
        }
      },
    }
  }

  /** Free every lock. The locker can be used again afterwards; it connects anew. */
  async close(): Promise<void> {
    const session = await this.#session?.catch(() => undefined)
    this.#session = undefined
    session?.close()
  }

  /** Wait until no other request of this process is at this upload. Asks the one that is to let go. */
  async #queueUp(key: string, requestRelease: RequestRelease, late: AbortSignal): Promise<Claim> {
    for (let other = this.#claims.get(key); other; other = this.#claims.get(key)) {
      other.want()
      await Promise.race([other.gone, aborted(late)])
      if (late.aborted) throw ERRORS.ERR_LOCK_TIMEOUT
    }
    const claim = createClaim(requestRelease, () => this.#claims.delete(key))
    this.#claims.set(key, claim)
    return claim
  }

  /** The lock, from whichever process has it. A connection that is lost meanwhile is made again. */
  async #takeFromOthers(key: string, late: AbortSignal): Promise<LockSession> {
    for (;;) {
      let failure: unknown = ERRORS.ERR_LOCK_TIMEOUT
      try {
        const session = await this.#connected()
        if (await session.tryLock(key)) return session
      } catch (thrown) {
        failure = thrown
      }
      await sleep(RETRY_MS, undefined, { signal: late }).catch(() => {})
      if (late.aborted) throw failure
    }
  }

  async #connected(): Promise<LockSession> {
    this.#session ??= LockSession.open(this.#url, {
      onWanted: (key) => this.#claims.get(key)?.want(),
      onLost: (session) => this.#tellHolders(session),
    })
    const opening = this.#session
    const session = await opening.catch(() => undefined)
    if (session && !session.lost) return session
    // Of several that notice, one connects anew.
    if (this.#session === opening) this.#session = undefined
    return session ? this.#connected() : opening
  }

  #tellHolders(lost: LockSession): void {
    for (const claim of this.#claims.values()) if (claim.session === lost) claim.want()
  }
}

function createClaim(requestRelease: RequestRelease, onLeave: () => void): Claim {
  const { promise: gone, resolve } = Promise.withResolvers<void>()
  let session: LockSession | undefined
  let wanted = false
  let told = false
  const tell = async () => {
    if (!wanted || !session || told) return
    told = true
    await requestRelease()
  }
  return {
    want() {
      wanted = true
      void tell()
    },
    grant(on) {
      session = on
      void tell()
    },
    get session() {
      return session
    },
    gone,
    leave() {
      onLeave()
      resolve()
    },
  }
}

/** 64 bits of a digest, as a signed integer in decimal: ids of any length and content are safe to lock. */
function keyOf(id: string): string {
  return createHash('sha256').update(`upload ${id}`).digest().readBigInt64BE().toString()
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
