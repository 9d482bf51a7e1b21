import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { Problem } from '../problem.ts'
import { loadOnce } from './load-once.ts'

/** Stores passwords as hashes that make each guess expensive. */
export interface Passwords {
  /** What to store: parameters, salt and key, as text. Throws 503 when too many already wait. */
  hash(password: string): Promise<string>
  /** Whether this is the password; without a stored hash false, after the same work. Throws 503 as `hash` does. */
  matches(password: string, stored: string | undefined): Promise<boolean>
  /** Whether those who guess passwords try this one early: a usual one, or one with a usual change. */
  isCommon(password: string): Promise<boolean>
}

/** Each takes 32 MiB while it runs, so a flood of sign-ins must wait rather than fill the memory. */
const AT_ONCE = 2
/** Some seconds of work: who comes after that is told to try again, instead of waiting for longer than browsers do. */
const WAITING_MAX = 24
const RETRY_AFTER_SECONDS = 5
/** Below ten million guesses by zxcvbn's estimate. */
const COMMON_BELOW_SCORE = 2
/** The estimate takes time that grows with the square of the length. */
const ESTIMATED_CHARACTERS_MAX = 64
const SALT_BYTES = 16
const KEY_BYTES = 32

interface Cost {
  N: number
  r: number
  p: number
}

/** OWASP's choice for 32 MiB of memory. */
const COST: Cost = { N: 2 ** 15, r: 8, p: 3 }

/** scrypt (RFC 7914). A stored hash includes its own cost, so that raising the cost keeps old passwords usable. */
export function createPasswords(cost: Cost = COST): Passwords {
  const inTurn = takeTurns(AT_ONCE, WAITING_MAX)
  // Its lists take some megabytes, and are needed only where a password is chosen.
  const estimator = loadOnce(loadEstimator)

  async function hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES)
    const key = await inTurn(() => derive(password, salt, cost))
    return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join('$')
  }

  return {
    hash,
    async matches(password, stored) {
      if (stored === undefined) {
        await hash(password)
        return false
      }
      const [, N, r, p, salt, key] = stored.split('$')
      const expected = Buffer.from(key ?? '', 'base64')
      const storedCost = { N: Number(N), r: Number(r), p: Number(p) }
      const derived = await inTurn(() => derive(password, Buffer.from(salt ?? '', 'base64'), storedCost))
      return expected.length === derived.length && timingSafeEqual(expected, derived)
    },
    async isCommon(password) {
      const { score } = (await estimator()).check(password.slice(0, ESTIMATED_CHARACTERS_MAX))
      return score < COMMON_BELOW_SCORE
    },
  }
}

async function loadEstimator() {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
}

/** NFKC: the same password typed on another keyboard may come as other code points. */
function derive(password: string, salt: Buffer, { N, r, p }: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 256 * N * r }
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

/** At most `max` at once and `waitingMax` behind them in order; any more are refused with 503. */
function takeTurns(max: number, waitingMax: number): <T>(act: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let free = max
  return async (act) => {
    if (free > 0) free--
    else if (waiting.length < waitingMax) await new Promise<void>((resolve) => waiting.push(resolve))
    else {
      throw new Problem('unavailable', 'Too many people are signing in at this moment: try again shortly.', {
        reason: 'service_unavailable',
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      })
    }
    try {
      return await act()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}
