import { constants } from 'node:fs'
import { type FileHandle, open, statfs } from 'node:fs/promises'
import path from 'node:path'
import { TryAgain } from '#lib/analysis/try-again.ts'
import type { Clock } from '#lib/platform/clock.ts'
import type { Outbound, OutboundStreamAnswer } from '#lib/platform/outbound/outbound.ts'
import type { ReadFile } from '../content/fastq-fault.ts'
import { ACCEPT_PACKED, isUnpacked } from '../is-unpacked.ts'
import type { FastqSource } from '../seal-source.ts'
import { type FetchJournal, readFetchJournal, writeFetchJournal } from './fetch-journal.ts'
import { judgeAnswer, type Passing, refuse } from './judge-answer.ts'
import {
  ANSWER_MS,
  FETCH_SECONDS_MAX,
  FLUSH_BYTES,
  PACE,
  PROGRESS_BYTES,
  RESERVE_BYTES,
  SOURCE_BYTES_MAX,
} from './limits.ts'
import { SourceChanged } from './source-changed.ts'

export interface FetchTask {
  uploadId: string
  file: ReadFile
  source: Pick<FastqSource, 'url' | 'size' | 'expiresAt'>
  /** Where the file and its journal are stored; they stay when this process dies. */
  folder: string
  /** Told how many bytes can be read, as they come. */
  onGrowth: (bytes: number) => void
}

/** The outside world of a fetch. */
export interface FetchPorts {
  outbound: Pick<Outbound, 'refuse' | 'stream'>
  now: Clock['now']
  countLived: Clock['countLived']
  /** Called at every response, whatever its status, before its body is read. */
  onResponse: (url: string) => Promise<void>
  /** Called after every request that failed; may throw a `Problem` to end the run. `silent`: there was no response, or next to nothing of the body. */
  onFailure: (failure: {
    file: ReadFile
    why: string
    bytes: number
    url: string
    silent: boolean
    /** How long the storage asks to be left alone. */
    afterSeconds: number
  }) => Promise<void>
}

export const fetchedPath = ({ folder, file }: Pick<FetchTask, 'folder' | 'file'>): string =>
  path.join(folder, `${file.toLowerCase()}.fastq.gz`)
export const journalPath = (task: Pick<FetchTask, 'folder' | 'file'>): string =>
  `${fetchedPath(task)}.journal`

/**
 * Fetch a file from its URL, continuing where an earlier process ended. Returns its journal once all of it is on the disk.
 * Only GET is sent, because S3 signs the method: one request, and after each break another for what is missing. A source
 * that breaks off after it sent a megabyte is asked again at once. Rejects with a `Problem` when the file cannot be had,
 * with `TryAgain` when the source is busy, broken or silent, so that no worker waits for it, and with `SourceChanged` when
 * what was fetched belongs to another file.
 */
export async function fetchFile(
  ports: FetchPorts,
  task: FetchTask,
  signal: AbortSignal,
): Promise<FetchJournal> {
  const refusal = ports.outbound.refuse(task.source.url)
  if (refusal) refuse('source_refused', `${task.file}: the URL is not fetched from. ${refusal}`)
  const handle = await open(fetchedPath(task), constants.O_RDWR | constants.O_CREAT, 0o600)
  try {
    const journal = (await readFetchJournal(journalPath(task), task.uploadId)) ?? freshJournal(task)
    const fetch = new Fetch(ports, task, handle, journal, signal)
    const before = journal.seconds
    const uncount = ports.countLived(FETCH_SECONDS_MAX, (lived) => {
      journal.seconds = before + lived
    })
    await fetch.run().finally(uncount)
    return journal
  } finally {
    await handle.close()
  }
}

const freshJournal = ({ uploadId }: FetchTask): FetchJournal => ({
  uploadId,
  bytes: 0,
  size: null,
  etag: null,
  whole: false,
  sha256: null,
  seconds: 0,
})

/** One file under way. */
class Fetch {
  readonly #ports: FetchPorts
  readonly #task: FetchTask
  readonly #handle: FileHandle
  readonly #journal: FetchJournal
  readonly #signal: AbortSignal
  /** Bytes in the file; those of the journal are flushed, too. */
  #position: number
  /** The store unpacks what it sends unless it is told not to. */
  #unpacks = false

  constructor(
    ports: FetchPorts,
    task: FetchTask,
    handle: FileHandle,
    journal: FetchJournal,
    signal: AbortSignal,
  ) {
    this.#ports = ports
    this.#task = task
    this.#handle = handle
    this.#journal = journal
    this.#signal = signal
    this.#position = journal.bytes
  }

  async run(): Promise<void> {
    const { onGrowth, file } = this.#task
    await this.#handle.truncate(this.#position)
    onGrowth(this.#position)
    while (!this.#journal.whole) {
      const before = this.#position
      const { why, silent = false, afterSeconds = 0, again = false } = await this.#ask()
      if (this.#journal.whole) return
      if (again) continue
      // An end from outside is no fault of the source.
      this.#signal.throwIfAborted()
      const { url } = this.#task.source
      await this.#ports.onFailure({ file, why, silent, afterSeconds, bytes: this.#position, url })
      this.#demandTime()
      if (this.#position - before < PROGRESS_BYTES) throw new TryAgain(`source_unavailable: ${file}: ${why}.`)
    }
  }

  /** One request, and as much of its answer as comes. Answers why that was not all. */
  async #ask(): Promise<Passing & { silent?: boolean; again?: boolean }> {
    const { outbound } = this.#ports
    const from = this.#position
    const { etag } = this.#journal
    const isStrong = etag !== null && !etag.startsWith('W/')
    try {
      const outcome = await outbound.stream(
        {
          url: this.#task.source.url,
          headers: {
            range: `bytes=${from}-`,
            ...(this.#unpacks ? ACCEPT_PACKED : {}),
            // What a source does not know, it ignores: the answer is compared in any case.
            ...(from > 0 && isStrong ? { 'if-range': etag } : {}),
          },
          answerMilliseconds: ANSWER_MS,
          pace: PACE,
          bytesMax: SOURCE_BYTES_MAX,
          signal: this.#signal,
        },
        (answer) => this.#receive(answer, from),
      )
      if ('received' in outcome) return outcome.received
      if (outcome.failure === 'too_long') return this.#refuseLarge()
      const silent = outcome.failure !== 'cut'
      return { why: WORDS[outcome.failure], silent }
    } finally {
      await this.#flush()
    }
  }

  async #receive(answer: OutboundStreamAnswer, from: number): Promise<Passing & { again?: boolean }> {
    const { status, headers } = answer
    const { file, source } = this.#task
    const stated = statedSize(answer)
    await this.#ports.onResponse(source.url)
    if (status === 416) return this.#judgeUnsatisfied(stated, from)
    if (status !== 200 && status !== 206) {
      const now = await this.#ports.now()
      return judgeAnswer({ file, status, headers, expiresAt: source.expiresAt, now })
    }
    if (isUnpacked(headers)) {
      if (this.#unpacks)
        refuse('source_unexpected', `${file}: the storage unpacks the file before it sends it.`)
      this.#unpacks = true
      return { why: '', again: true }
    }
    const begin = status === 206 ? rangeStart(headers) : 0
    if (begin !== 0 && begin !== from) refuse('source_unexpected', `${file}: the storage sent other bytes.`)
    await this.#compare(stated, headers.etag ?? null, begin < from)
    // A source that knows no ranges sends again what is here already.
    let skip = from - begin
    for await (const chunk of answer.body) {
      const fresh = chunk.subarray(Math.min(skip, chunk.length))
      skip -= chunk.length - fresh.length
      if (fresh.length > 0) await this.#write(fresh)
    }
    const { size } = this.#journal
    if (size !== null && this.#position < size) return { why: WORDS.cut }
    this.#journal.whole = true
    return { why: '' }
  }

  /** Nothing lies behind what was asked for: the file is empty, or is here. */
  #judgeUnsatisfied(stated: number | null, from: number): Passing {
    if (from === 0) refuse('fastq_malformed', `${this.#task.file}: the file holds no reads.`)
    if ((stated ?? this.#task.source.size) !== from) throw new SourceChanged()
    this.#journal.whole = true
    return { why: '' }
  }

  /** The answer must be of the file that was begun, and, at its beginning, of the one that was registered. */
  async #compare(stated: number | null, etag: string | null, isWhole: boolean): Promise<void> {
    const journal = this.#journal
    const { file, source } = this.#task
    // A response that ends with its connection does not say how long it should have been; the registration does.
    const size = stated ?? source.size
    if (source.size !== null && size !== source.size) {
      refuse('source_changed', `${file}: the file at the URL has another size than when the URL was given.`)
    }
    if (size !== null && size > SOURCE_BYTES_MAX) this.#refuseLarge()
    if (this.#position > 0) {
      const differs = journal.etag !== etag || journal.size !== size
      // Without a tag nothing says that the bytes sent again are those that are here.
      if (differs || (isWhole && etag === null)) throw new SourceChanged()
      return
    }
    journal.size = size
    journal.etag = etag
    if (size !== null) await this.#demandRoom(size)
  }

  /** Room for the file, and for the copy that is stored in the end. */
  async #demandRoom(size: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.#task.folder)
    if (bavail * bsize < 2 * size + RESERVE_BYTES) {
      throw new TryAgain('internal_error: there is no room for the file on the disk of the service.')
    }
  }

  #demandTime(): void {
    if (this.#journal.seconds < FETCH_SECONDS_MAX) return
    refuse('source_too_slow', `${this.#task.file}: the file could not be fetched within 24 hours.`)
  }

  async #write(chunk: Uint8Array): Promise<void> {
    const { size } = this.#journal
    if (size !== null && this.#position + chunk.length > size) {
      refuse('source_unexpected', `${this.#task.file}: the storage sent more bytes than the file has.`)
    }
    if (this.#position + chunk.length > SOURCE_BYTES_MAX) this.#refuseLarge()
    for (let at = 0; at < chunk.length; ) {
      const { bytesWritten } = await this.#handle.write(chunk, at, chunk.length - at, this.#position + at)
      at += bytesWritten
    }
    this.#position += chunk.length
    this.#task.onGrowth(this.#position)
    if (this.#position - this.#journal.bytes >= FLUSH_BYTES) await this.#flush()
  }

  async #flush(): Promise<void> {
    if (this.#position > this.#journal.bytes) await this.#handle.datasync()
    this.#journal.bytes = this.#position
    await writeFetchJournal(journalPath(this.#task), this.#journal)
  }

  #refuseLarge(): never {
    refuse('source_too_large', `${this.#task.file}: a file may have at most 200 GiB.`)
  }
}

const WORDS = {
  unreachable: 'the storage could not be reached',
  timed_out: 'the storage did not answer',
  cut: 'the storage broke off',
  too_slow: 'the storage sent next to nothing',
} as const

/** Size of the whole file, as an answer states it. */
function statedSize({ status, headers }: Pick<OutboundStreamAnswer, 'status' | 'headers'>): number | null {
  const text =
    status === 200 ? headers['content-length'] : /\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1]
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null
}

/** The first byte of a 206; NaN when it does not say. */
const rangeStart = (headers: Record<string, string>): number =>
  Number(/^bytes (\d{1,15})-/.exec(headers['content-range'] ?? '')?.[1] ?? Number.NaN)
