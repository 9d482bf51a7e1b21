import { setTimeout as wait } from 'node:timers/promises'
import type { Partner } from '../service/partner.ts'
import type { RawExport } from './raw-export.ts'
import type { RawPage, View } from './raw-page.ts'
import type { RawAnswer } from './send-request.ts'

/** The page waits longer; a test has no time for that. */
const PAUSE_MS = 500

type Link = Awaited<ReturnType<Partner['mint']>>

/**
 * Opens a link and sends a file as the page does: after any interruption or temporary refusal it asks for the server's
 * offset and resumes there. Resolves once the last byte is acknowledged; rejects when the session or the time is over.
 */
export function sendPatiently(
  page: RawPage,
  file: RawExport,
  { chunkBytes = 1_048_576, seconds = 60 } = {},
): Promise<void> {
  const gone = new Set<string>()
  return patiently(seconds, () => sendOn(page, file, { chunkBytes, gone }))
}

/** Mint a link as a careful partner does: the same request again, under the same key, until it is answered. */
export function mintPatiently(
  partner: Pick<Partner, 'call'>,
  key: string,
  { seconds = 60 } = {},
): Promise<Link> {
  return patiently(seconds, async () => {
    const answer = await partner.call(
      'POST',
      '/api/v2/array-data-upload-form/',
      {},
      { 'Idempotency-Key': key },
    )
    if (answer.status !== 201) throw new Refused('minting', answer.status, await answer.text())
    return (await answer.json()) as Link
  })
}

/** A response other than success; another attempt may succeed. */
class Refused extends Error {
  readonly code = 'REFUSED'

  constructor(what: string, status: number, body: string) {
    super(`${what} answered ${status}: ${body}`)
  }
}

/** Retries until it succeeds, through broken connections and refusals. */
async function patiently<Value>(seconds: number, attempt: () => Promise<Value>): Promise<Value> {
  const until = performance.now() + seconds * 1_000
  let last: unknown
  while (performance.now() < until) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error
      last = error
    }
    await wait(PAUSE_MS)
  }
  throw new Error(`No success within ${seconds} s: ${last}`)
}

/**
 * Sends what the server does not have yet; rejects with the first unsuccessful response. `gone` holds uploads that were
 * lost to a kill before their first byte; each is created again, as tus clients do.
 */
async function sendOn(
  page: RawPage,
  file: RawExport,
  { chunkBytes, gone }: { chunkBytes: number; gone: Set<string> },
): Promise<void> {
  const { state, upload } = demand('opening', 200, await page.open()).json<View>()
  if (state === 'verifying' || state === 'received') return
  if (state !== 'opened') throw new Error(`The session is ${state}`)
  const size = file.bytes.length
  const known = upload?.sha256 === file.sha256 && !gone.has(upload.path) ? upload : undefined
  const path =
    known?.path ?? demand('creating', 201, await page.create({ size, sha256: file.sha256 })).headers.location!
  let offset = known?.offset ?? 0
  while (offset < size) {
    const answer = await page.patch(path, offset, file.bytes.subarray(offset, offset + chunkBytes))
    if (answer.status === 404 && offset > 0) throw new Error('Bytes that were acknowledged are gone')
    if (answer.status === 404) gone.add(path)
    offset = Number(demand('sending', 204, answer).headers['upload-offset'])
  }
}

function demand(what: string, status: number, answer: RawAnswer): RawAnswer {
  if (answer.status !== status) throw new Refused(what, answer.status, answer.body)
  return answer
}
