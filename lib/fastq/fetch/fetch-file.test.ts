import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { countLivedTime } from '#lib/platform/lived-time.ts'
import type { Outbound } from '#lib/platform/outbound/outbound.ts'
import { fetchFile, journalPath } from './fetch-file.ts'
import { readFetchJournal, writeFetchJournal } from './fetch-journal.ts'
import { FETCH_SECONDS_MAX } from './limits.ts'

let folder: string
/** What the machine's clock shows; ticks only when a test says so. */
let now = 0
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-fetch-'))
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  vi.spyOn(performance, 'now').mockImplementation(() => now)
})
afterEach(async () => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  await rm(folder, { recursive: true })
})

/** The process lives for so long. */
function live(seconds: number): void {
  for (let second = 0; second < seconds; second++) {
    now += 1_000
    vi.advanceTimersByTime(1_000)
  }
}

/** It stands still for so long: no timer fires before the end. */
function standStill(seconds: number): void {
  now += seconds * 1_000
  vi.advanceTimersByTime(1_000)
}

const taskNow = () => ({
  uploadId: 'upload',
  file: 'R1' as const,
  folder,
  source: { url: 'https://store.example/s1_R1.fastq.gz', size: null, expiresAt: null },
  onGrowth: () => {},
})

/** A fetch from a source that breaks off after this. */
function fetchWhile(happens: () => void) {
  const stream = async () => {
    happens()
    return { failure: 'cut' }
  }
  const ports = {
    outbound: { refuse: () => undefined, stream: stream as unknown as Outbound['stream'] },
    now: async () => new Date(0),
    countLived: countLivedTime,
    onResponse: async () => {},
    onFailure: async () => {},
  }
  return fetchFile(ports, taskNow(), new AbortController().signal)
}

test('A source is too slow after a day of fetching, and not because the machine stood still', async () => {
  await expect(fetchWhile(() => standStill(2 * FETCH_SECONDS_MAX))).rejects.toThrow('source_unavailable')
  const kept = await readFetchJournal(journalPath(taskNow()), 'upload')
  expect(kept?.seconds).toBeLessThan(3)
  await expect(fetchWhile(() => live(FETCH_SECONDS_MAX - 10))).rejects.toThrow('source_unavailable')
  await expect(fetchWhile(() => live(20))).rejects.toThrow('source_too_slow')
})

test('A journal of the release before counts from now on', async () => {
  const { seconds: _, ...old } = {
    ...{ uploadId: 'upload', bytes: 0, size: null, etag: null, whole: false, sha256: null },
    ...{ begun: 1, seconds: 0 },
  }
  await writeFetchJournal(journalPath(taskNow()), old as never)
  await expect(fetchWhile(() => live(5))).rejects.toThrow('source_unavailable')
  expect(await readFetchJournal(journalPath(taskNow()), 'upload')).toMatchObject({ seconds: 5 })
})
