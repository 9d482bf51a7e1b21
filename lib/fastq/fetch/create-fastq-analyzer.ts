import type { AnalysisOutcome, AnalysisTask, Analyzer } from '#lib/analysis/analyzer.ts'
import type { FastqInput } from '#lib/analysis/run.ts'
import { interrupted, TryAgain } from '#lib/analysis/try-again.ts'
import type { Threads } from '#lib/platform/threads.ts'
import { FILE_TYPES } from '#lib/samples/deliverable.ts'
import type { Services } from '#lib/services.ts'
import type { FastqTask, FastqVerdict } from '../content/check-fastq.ts'
import { describeFault, type ReadFile } from '../content/fastq-fault.ts'
import { FileGrowth } from '../content/file-growth.ts'
import { reportReads } from '../report/report-reads.ts'
import type { FastqSource } from '../seal-source.ts'
import { type FetchPorts, type FetchTask, fetchedPath, fetchFile, journalPath } from './fetch-file.ts'
import { type FetchJournal, readFetchJournal, writeFetchJournal } from './fetch-journal.ts'
import { refuse } from './judge-answer.ts'
import { FETCH_SECONDS_MAX, RESTARTS_MAX } from './limits.ts'
import { SourceChanged } from './source-changed.ts'
import type { Lanes } from './source-lanes.ts'
import type { Lane } from './source-lanes-table.ts'

/** The check reads what is fetched, and so takes as long. */
const SECONDS_MAX = FETCH_SECONDS_MAX
const HEAP_MEGABYTES = 96
const THREAD = new URL('../content/check-fastq-thread.ts', import.meta.url)

interface Surroundings extends Pick<Services, 'clock' | 'scratch' | 'log'> {
  outbound: FetchPorts['outbound']
  /** Throws a `Problem` when an upload has been deleted. */
  findSource: (uploadId: string) => Promise<Pick<FastqSource, 'url' | 'size' | 'expiresAt'>>
  /** What is known of the hosts that files come from. */
  lanes: Pick<Lanes, 'patience' | 'open' | 'pause' | 'rest'>
}

/**
 * The analysis of FASTQ files: fetched from their URLs, both of a pair at once, and checked and counted in a thread while
 * they come; the deliverables are the fetched bytes and the report. A run that starts again asks for nothing that is on
 * the disk already. Rejects with a `Problem` for files that are no FASTQ files and for URLs that do not answer with them.
 */
export function createFastqAnalyzer(threads: Threads, surroundings: Surroundings): Analyzer<FastqInput> {
  return async (task, signal) => {
    const folder = await surroundings.scratch.keepFolder(task.sampleId, task.runId)
    for (let restarts = 0; ; restarts++) {
      const files = await describeFiles(task, folder, surroundings)
      const found = await fetchAndCheck(threads, surroundings, { task, files }, signal)
      if (found !== 'changed') return describeOutcome(task, files, found)
      if (restarts >= RESTARTS_MAX) {
        throw new TryAgain('source_changed: a file at a URL changed each time while it was fetched.')
      }
      for (const file of files) await startAgain(file)
    }
  }
}

type FileToFetch = Omit<FetchTask, 'onGrowth'>
type Checked = Extract<FastqVerdict, { ok: true }>['files']

async function describeFiles(
  { input: { r1, r2 } }: AnalysisTask<FastqInput>,
  folder: string,
  { findSource }: Surroundings,
): Promise<FileToFetch[]> {
  const named: [ReadFile, { uploadId: string } | null][] = [
    ['R1', r1],
    ['R2', r2],
  ]
  const files: FileToFetch[] = []
  for (const [file, upload] of named) {
    if (!upload) continue
    const { uploadId } = upload
    files.push({ uploadId, file, folder, source: await findSource(uploadId) })
  }
  return files
}

/** Fetch all files while a thread checks them. `changed`: what is on the disk is void, and everything starts again. */
async function fetchAndCheck(
  threads: Threads,
  surroundings: Surroundings,
  { task, files }: { task: AnalysisTask<FastqInput>; files: FileToFetch[] },
  signal: AbortSignal,
): Promise<Checked | 'changed'> {
  const before = await Promise.all(files.map((file) => readFetchJournal(journalPath(file), file.uploadId)))
  const growth = FileGrowth.of(files.length)
  const stop = new AbortController()
  const until = AbortSignal.any([signal, stop.signal])
  const ports = portsOf(task, surroundings)
  const fetching = files.map(async (file, place) => {
    const onGrowth = (bytes: number) => growth.grow(place, bytes)
    const journal = await fetchFile(ports, { ...file, onGrowth }, until)
    growth.finish(place, journal.bytes)
    return journal
  })
  const checking = check(threads, { paths: files.map(fetchedPath), growth: growth.shared }, until)
  // Whichever fails first ends the others; a fault that was found early saves the rest of the fetch.
  const failing = Promise.all([Promise.all(fetching), checking.then((verdict) => passing(verdict, before))])
  try {
    const [journals, checked] = await failing
    return (await keepDigests(files, journals, checked)) ? checked : 'changed'
  } catch (error) {
    if (error instanceof SourceChanged) return 'changed'
    throw error
  } finally {
    stop.abort()
    await Promise.allSettled([...fetching, checking])
  }
}

function portsOf(
  { runId, projectId }: Pick<AnalysisTask<FastqInput>, 'runId' | 'projectId'>,
  { outbound, clock, log, lanes }: Surroundings,
): FetchPorts {
  const laneOf = (url: string): Lane => ({ projectId, host: new URL(url).host })
  return {
    outbound,
    now: () => clock.now(),
    countLived: clock.countLived,
    patience: (url) => lanes.patience(laneOf(url)),
    onResponse: (url) => lanes.open(laneOf(url)),
    async onFailure({ file, why, bytes, url, silent, afterSeconds }) {
      log.warn({ run_id: runId, file, why, bytes }, 'a FASTQ file did not come whole; asked again')
      if (afterSeconds > 0) await lanes.rest(laneOf(url), afterSeconds)
      if (!silent || !(await lanes.pause(laneOf(url)))) return
      refuse('source_unavailable', `${file}: ${why}, for more than an hour.`)
    },
  }
}

async function check(threads: Threads, task: FastqTask, signal: AbortSignal): Promise<FastqVerdict> {
  const limits = { seconds: SECONDS_MAX, heapMegabytes: HEAP_MEGABYTES }
  const outcome = await threads.run(THREAD, task, limits, signal)
  if (outcome.end !== 'answered') throw interrupted(outcome.end)
  return outcome.answer as FastqVerdict
}

function passing(verdict: FastqVerdict, before: (FetchJournal | undefined)[]): Checked {
  if (verdict.ok) return verdict.files
  // A file that passed once came to harm on our disk.
  if (before.some((journal) => journal?.sha256)) throw new SourceChanged()
  return refuse('fastq_malformed', `${describeFault(verdict.fault)}.`)
}

/** Note what was checked; false when a file is not the one that an earlier attempt checked. */
async function keepDigests(
  files: FileToFetch[],
  journals: FetchJournal[],
  checked: Checked,
): Promise<boolean> {
  for (const [at, file] of files.entries()) {
    const journal = journals[at]!
    const { sha256 } = checked[at]!
    if (journal.sha256 !== null && journal.sha256 !== sha256) return false
    await writeFetchJournal(journalPath(file), { ...journal, sha256 })
  }
  return true
}

/** A journal that fits no upload counts as none. */
const startAgain = (file: FileToFetch): Promise<void> =>
  writeFetchJournal(journalPath(file), { ...NOTHING, uploadId: '' })

const NOTHING: Omit<FetchJournal, 'uploadId'> = {
  bytes: 0,
  size: null,
  etag: null,
  whole: false,
  sha256: null,
  seconds: 0,
}

async function describeOutcome(
  { sampleId, runId, folder }: AnalysisTask<FastqInput>,
  files: FileToFetch[],
  checked: Checked,
): Promise<AnalysisOutcome> {
  const made = files.map((file, at) => {
    const fileType = file.file === 'R1' ? ('fastq-r1' as const) : ('fastq-r2' as const)
    const { extension } = FILE_TYPES[fileType]
    return { fileType, extension, path: fetchedPath(file), sha256: checked[at]!.sha256 }
  })
  const { headline, files: reports } = await reportReads({ sampleId, runId, folder }, checked)
  return { qc: { fastq: headline }, checks: [], files: [...made, ...reports] }
}
