import { setTimeout as wait } from 'node:timers/promises'
import type { Partner } from '../service/partner.ts'
import type { RawExport } from './raw-export.ts'
import type { RawPage, View } from './raw-page.ts'

/** The page waits longer; a test has no time for that. */
const PAUSE_MILLISECONDS = 500

type Link = Awaited<ReturnType<Partner['mint']>>

/**
 * Open a link and send a file as the page does: whatever breaks or is refused for the moment, it asks where the server
 * is and goes on there. Resolves once the last byte is acknowledged; rejects when the session is over, or the time.
 */
export function sendPatiently(
  page: RawPage,
  file: RawExport,
  { chunkBytes = 1_048_576, seconds = 60 } = {},
): Promise<void> {
  return patiently(seconds, async () => ((await sendOn(page, file, chunkBytes)) ? true : undefined)).then(
    () => {},
  )
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
    return answer.status === 201 ? ((await answer.json()) as Link) : undefined
  })
}

/** Try until there is a value; connections that break count as none. */
async function patiently<Value>(seconds: number, attempt: () => Promise<Value | undefined>): Promise<Value> {
  const until = performance.now() + seconds * 1_000
  let last: unknown
  while (performance.now() < until) {
    const value = await attempt().catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error)) throw error
      last = error
      return undefined
    })
    if (value !== undefined) return value
    await wait(PAUSE_MILLISECONDS)
  }
  throw new Error(`Nothing came of it in ${seconds} s`, { cause: last })
}

/** Whether the whole file is acknowledged. */
async function sendOn(page: RawPage, file: RawExport, chunkBytes: number): Promise<boolean> {
  const opened = await page.open()
  if (opened.status !== 200) return false
  const { state, upload } = opened.json<View>()
  if (state === 'verifying' || state === 'received') return true
  if (state !== 'opened') throw new Error(`The session is ${state}`)
  let begun = upload?.sha256 === file.sha256 ? upload : undefined
  if (!begun) {
    const created = await page.create({ size: file.bytes.length, sha256: file.sha256 })
    if (created.status !== 201) return false
    begun = { path: created.headers.location!, sha256: file.sha256, size: file.bytes.length, offset: 0 }
  }
  let { offset } = begun
  while (offset < file.bytes.length) {
    const answer = await page.patch(begun.path, offset, file.bytes.subarray(offset, offset + chunkBytes))
    if (answer.status !== 204) return false
    offset = Number(answer.headers['upload-offset'])
  }
  return true
}
