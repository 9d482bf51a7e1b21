import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { SampleFile } from '#lib/samples/wire.ts'
import { EXIT, Failure } from './failure.ts'
import { Refused, unreachable } from './partner-client.ts'

export interface Downloaded {
  file_type: string
  path: string
  size: number
  sha256: string
  /** Bytes present before this command started. */
  resumed_from: number
}

interface Means {
  folder: string
  /** The address a signed URL is fetched from. */
  locate(url: string): URL
  /** The same file under a fresh URL, since a URL works for an hour. */
  renew(): Promise<SampleFile>
  onProgress(bytes: number): void
}

/** Attempts in a row that bring nothing new. */
const TRIES_MAX = 5
const PAUSE_MS = 500

/**
 * Fetch a deliverable into `folder` under its own name. Bytes go to `NAME.part` first and get their name only when
 * their SHA-256 is right; an existing `.part` is resumed. Throws when the service stops responding for good (the
 * bytes received so far stay), and when the digest does not match (nothing stays).
 */
export async function downloadFile(file: SampleFile, means: Means): Promise<Downloaded> {
  const target = path.join(means.folder, nameOf(file))
  const part = `${target}.part`
  const facts = { file_type: file.file_type, path: target, size: file.size, sha256: file.checksum_sha256 }
  if ((await sizeOf(target)) === file.size && (await digestOf(target)) === file.checksum_sha256) {
    means.onProgress(file.size)
    return { ...facts, resumed_from: file.size }
  }
  const resumedFrom = await usableBytes(part, file.size)
  await fetchRest(file, part, means)
  if ((await digestOf(part)) !== file.checksum_sha256) {
    await rm(part, { force: true })
    // The existing part did not belong to this file.
    if (resumedFrom > 0) return downloadFile(file, means)
    throw new Failure(EXIT.notGenuine, `${path.basename(target)}: the SHA-256 of what arrived is wrong.`)
  }
  await rename(part, target)
  return { ...facts, resumed_from: resumedFrom }
}

/** Request what is missing until the file is complete: each response may break off anywhere. */
async function fetchRest(file: SampleFile, part: string, means: Means): Promise<void> {
  let url = means.locate(file.download_url)
  let failures = 0
  for (;;) {
    const before = await usableBytes(part, file.size)
    means.onProgress(before)
    if (before === file.size && before > 0) return
    const outcome = await fetchOnce(url, { part, from: before, file, onProgress: means.onProgress })
    if (outcome === 'whole') return
    failures = (await usableBytes(part, file.size)) > before ? 0 : failures + 1
    if (failures >= TRIES_MAX) throw outcome
    if (failures > 0) await wait(PAUSE_MS * failures)
    if (outcome instanceof Refused) url = means.locate((await means.renew()).download_url)
  }
}

interface Rest {
  part: string
  from: number
  file: SampleFile
  onProgress(bytes: number): void
}

/** One request; `whole` once all bytes are there, else why it ended early. */
async function fetchOnce(url: URL, { part, from, file, onProgress }: Rest): Promise<'whole' | Failure> {
  let response: Response
  try {
    // The ETag is the digest, so that another version is sent from its start instead.
    const range = { Range: `bytes=${from}-`, 'If-Range': `"${file.checksum_sha256}"` }
    response = await fetch(url, { headers: from > 0 ? range : {} })
  } catch (error) {
    return unreachable(url, error)
  }
  if (!response.ok || !response.body) {
    await response.body?.cancel()
    return new Refused({ status: response.status, roles: undefined }, undefined)
  }
  let at = response.status === 206 ? from : 0
  const handle = await open(part, at === 0 ? 'w' : 'a')
  try {
    for await (const chunk of response.body) {
      at += chunk.length
      if (at > file.size) return new Failure(EXIT.notGenuine, 'More bytes arrived than the file has.')
      await handle.write(chunk)
      onProgress(at)
    }
  } catch (error) {
    return unreachable(url, error)
  } finally {
    await handle.close()
  }
  return at === file.size ? 'whole' : unreachable(url, undefined)
}

/** The file's name, reduced to a plain name, so that nothing outside the folder is ever written. */
function nameOf({ download_url, id }: SampleFile): string {
  const last = decodeURIComponent(new URL(download_url).pathname.split('/').at(-1) ?? '')
  return /^[\w-][\w.-]{0,200}$/.test(last) ? last : id
}

/** Bytes of a part that can be resumed; 0 when there are more than the file has. */
async function usableBytes(part: string, size: number): Promise<number> {
  const there = (await sizeOf(part)) ?? 0
  return there > size ? 0 : there
}

const sizeOf = (file: string): Promise<number | undefined> =>
  stat(file).then(
    ({ size }) => size,
    () => undefined,
  )

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
