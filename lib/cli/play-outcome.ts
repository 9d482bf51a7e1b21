import { setTimeout as wait } from 'node:timers/promises'
import { TEST_FILES } from '#lib/genotype/fixtures/test-files.ts'
import { LINK_SECONDS_MIN, UPLOAD_WINDOW_SECONDS } from '#lib/sessions/limits.ts'
import { isLinkOutcome, type LinkOutcome, OUTCOMES, type OutcomeName } from '#lib/sessions/outcomes.ts'
import { EXIT, Failure } from './failure.ts'
import { openLink, sendExport } from './send-export.ts'

interface Link {
  /** The page, at the address by which the service is reached. */
  url: string
  cancel(): Promise<unknown>
  /** Lets its time pass; false where the service refuses that, since the project is not for tests. */
  advance(): Promise<boolean>
}

/** How long a link must live for this outcome: as short as possible when it is to expire. */
export const secondsOfLink = (outcome: OutcomeName): { expires_in?: number } =>
  outcome === 'expired' ? { expires_in: LINK_SECONDS_MIN } : {}

/** Do to a link what leads to the outcome, as the page would. For expiry, time passes for a link of a test project, or for a service with a test clock; otherwise this waits. */
export async function playOutcome(
  outcome: OutcomeName,
  link: Link,
  { progress }: { progress: boolean },
): Promise<void> {
  if (isLinkOutcome(outcome)) return playLink(outcome, link)
  if (OUTCOMES[outcome].event === null) return refuseOnDevice(outcome, link)
  await sendExport(link.url, await TEST_FILES[outcome].make(), { progress })
}

/** Files of which the server only hears that the page refused them. */
async function refuseOnDevice(outcome: OutcomeName, { url }: Link): Promise<void> {
  const { reason, detail } = OUTCOMES[outcome]
  await callPage(url, 'refused', await openLink(url), { reason, detail })
}

async function playLink(outcome: LinkOutcome, link: Link): Promise<void> {
  if (outcome === 'canceled') return void (await link.cancel())
  if (outcome === 'unreadable') return refuseOnDevice(outcome, link)
  if (outcome === 'expired') return passTime(link, LINK_SECONDS_MIN)
  const headers = await openLink(link.url)
  if (outcome === 'session-expired') return passTime(link, UPLOAD_WINDOW_SECONDS)
  await callPage(link.url, 'leave', headers, { reason: OUTCOMES[outcome].reason })
}

async function callPage(
  url: string,
  path: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<void> {
  const response = await fetch(new URL(`/api/upload/${path}`, url), {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Failure(EXIT.refused, `The link did not take that (${response.status}).`)
}

/** The sweep, which writes down what has expired, runs every few seconds. */
const SWEEP_SECONDS = 3

async function passTime({ url, advance }: Link, seconds: number): Promise<void> {
  if (await advance()) return
  const advanced = await fetch(new URL('/api/test/clock', url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ advance_seconds: seconds + SWEEP_SECONDS }),
  })
  if (advanced.ok) return
  process.stderr.write(
    `Waiting ${seconds} seconds for it. With a key of a test project there is no need to wait.\n`,
  )
  await wait((seconds + SWEEP_SECONDS) * 1_000)
}
