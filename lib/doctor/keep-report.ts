import { parseIpRange } from '#lib/keys/ip-range.ts'
import { addressBlock } from '#lib/people/throttle-sign-in.ts'
import { workOff } from '#lib/platform/work-off.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { deleteExpiredReports, insertReport, selectReport } from './doctor-reports-table.ts'
import {
  CODE_CHARACTERS,
  CODE_LETTERS,
  REPORT_HOURS,
  REPORTS_OF_ADDRESS_MAX,
  REPORTS_OF_NETWORK_MAX,
  REQUESTS_MAX,
  REQUESTS_OF_ADDRESS_MAX,
} from './limits.ts'
import type { DoctorReport } from './report.ts'
import type { NewReport } from './wire.ts'

/** Codes that may be taken in a row before something is wrong. */
const TRIES_MAX = 5
const BATCH = 500
const CODE = new RegExp(`^[${CODE_LETTERS}]{${CODE_CHARACTERS}}$`)

/**
 * Keeps what a visit found for a day, under a code that cannot be guessed. Nothing of the address is stored: this process
 * counts its reports. Throws 404 where the Doctor is off, 429 for an address or a network that has left its reports of the
 * day.
 */
export async function keepReport(
  { db, env, limiter }: Pick<Services, 'db' | 'env' | 'limiter'>,
  address: string,
  { browser, findings }: NewReport,
): Promise<DoctorReport> {
  if (!env.doctor) throw new Problem('not_found', 'Not found.')
  const day = REPORT_HOURS * 3_600
  const seconds =
    limiter.take(`doctor report ${addressBlock(address)}`, REPORTS_OF_ADDRESS_MAX, day) ??
    limiter.take(`doctor report network ${networkOf(address)}`, REPORTS_OF_NETWORK_MAX, day)
  if (seconds !== undefined) {
    throw new Problem('throttled', `Request was throttled. Expected available in ${seconds} seconds.`, {
      retryAfterSeconds: seconds,
    })
  }
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const report = await insertReport(db, { code: newCode(), browser, findings })
    if (report) return report
  }
  throw new Error('No free code was found for a report')
}

/** The report with this code, in either case and with or without its hyphen. Throws 404. */
export async function findReport({ db }: Pick<Services, 'db'>, code: string): Promise<DoctorReport> {
  const plain = code.toLowerCase().replace(/[\s-]/g, '')
  const report = CODE.test(plain) ? await selectReport(db, plain) : undefined
  if (!report) throw new Problem('not_found', 'Not found.')
  return report
}

/** Removes what is older than a day. */
export const forgetReports = ({ db }: Pick<Services, 'db'>): Promise<void> =>
  workOff(() => deleteExpiredReports(db, BATCH))

/** Seconds to wait before the next request for the page or one of its probes; undefined: none. */
export const waitForDoctor = ({ limiter }: Pick<Services, 'limiter'>, address: string): number | undefined =>
  limiter.take(`doctor ${addressBlock(address)}`, REQUESTS_OF_ADDRESS_MAX, 60) ??
  limiter.take('doctor', REQUESTS_MAX, 60)

/** What one line or one rented server network usually has in all. */
const networkOf = (address: string): string =>
  parseIpRange(`${address}/${address.includes(':') ? 48 : 24}`) ?? address

/** 23 letters are no divisor of 256: bytes beyond the last whole multiple are drawn again. */
function newCode(): string {
  const bytesMax = 256 - (256 % CODE_LETTERS.length)
  let code = ''
  while (code.length < CODE_CHARACTERS) {
    const bytes = crypto.getRandomValues(new Uint8Array(CODE_CHARACTERS))
    for (const byte of bytes) if (byte < bytesMax) code += CODE_LETTERS[byte % CODE_LETTERS.length]
  }
  return code.slice(0, CODE_CHARACTERS)
}
