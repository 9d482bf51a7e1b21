import { setTimeout as wait } from 'node:timers/promises'
import { TEST_FILES } from '#lib/genotype/fixtures/test-files.ts'
import { LINK_SECONDS_MIN, UPLOAD_WINDOW_SECONDS } from '#lib/sessions/limits.ts'
import {
  isLinkOutcome,
  isPageOutcome,
  type LinkOutcome,
  OUTCOMES,
  type OutcomeName,
  type PageOutcome,
} from '#lib/sessions/outcomes.ts'
import { EXIT, Failure } from './failure.ts'
import { exportSha256, linkHeaders, openLink, sendExport } from './send-export.ts'

/** Of the end of a token, as a mail program loses them that breaks a long line. */
const CUT_CHARACTERS = 8

interface Link {
  /** The page, at the address by which the service is reached. */
  url: string
  cancel(): Promise<unknown>
  /** Lets its time pass; false where the service refuses that, since the project is not for tests. */
  advance(): Promise<boolean>
  /** Resolves once its sample has ended. */
  ended(): Promise<unknown>
}

/** What the page was told of a link that it may not use. */
export interface PageRefusal {
  status: number
  reason: string
  detail: string
}

/** How long a link must live for this outcome: as short as possible when it is to expire. */
export const secondsOfLink = (outcome: OutcomeName): { expires_in?: number } =>
  outcome === 'expired' ? { expires_in: LINK_SECONDS_MIN } : {}

/**
 * Do to a link what leads to the outcome, as the page would. For expiry, time passes for a link of a test project, or for a
 * service with a test clock; otherwise this waits. Returns what the page was told, for outcomes of which only the page is.
 */
export async function playOutcome(
  outcome: OutcomeName,
  link: Link,
  { progress }: { progress: boolean },
): Promise<PageRefusal | undefined> {
  if (isPageOutcome(outcome)) return playRefusal(outcome, link, { progress })
  if (isLinkOutcome(outcome)) await playLink(outcome, link)
  else if (OUTCOMES[outcome].event === null) await refuseOnDevice(outcome, link)
  else await sendExport(link.url, await TEST_FILES[outcome].make(), { progress })
  return undefined
}

/** Use a link that the service must refuse; throws if it does not, or for another reason. */
async function playRefusal(
  outcome: PageOutcome,
  link: Link,
  { progress }: { progress: boolean },
): Promise<PageRefusal> {
  const response = await (outcome === 'link-invalid' ? openCut(link) : sendTwice(link, { progress }))
  const { reason, detail } = (await response.json().catch(() => ({}))) as Partial<PageRefusal>
  if (response.ok || reason !== OUTCOMES[outcome].reason) {
    throw new Failure(EXIT.refused, `The service was to refuse the link, and returned ${response.status}.`)
  }
  return { status: response.status, reason, detail: detail ?? '' }
}

function openCut({ url }: Link): Promise<Response> {
  const headers = { Authorization: linkHeaders(url).Authorization.slice(0, -CUT_CHARACTERS) }
  return fetch(new URL('/api/upload/open', url), { method: 'POST', headers })
}

async function sendTwice({ url, ended }: Link, { progress }: { progress: boolean }): Promise<Response> {
  const file = await TEST_FILES.succeeded.make()
  await sendExport(url, file, { progress })
  await ended()
  return fetch(new URL('/api/upload/files', url), {
    method: 'POST',
    headers: {
      ...(await openLink(url)),
      'Tus-Resumable': '1.0.0',
      'Upload-Length': String(file.length),
      'Upload-Metadata': `sha256 ${Buffer.from(exportSha256(file)).toString('base64')}`,
    },
  })
}

/** Files of which the server only hears that the page refused them. */
async function refuseOnDevice(outcome: OutcomeName, { url }: Link): Promise<void> {
  const { reason, detail } = OUTCOMES[outcome]
  await callPage(url, 'refused', await openLink(url), { reason, detail })
}

async function playLink(outcome: Exclude<LinkOutcome, PageOutcome>, link: Link): Promise<void> {
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
