import type { AnalysisOutcome, AnalysisTask, Analyzer } from '#lib/analysis/analyzer.ts'
import { isPutOff, PutOff } from '#lib/analysis/put-off.ts'
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
import { FETCH_SECONDS_MAX, LANE_LOOK_SECONDS, RESTARTS_MAX } from './limits.ts'
import { SourceChanged } from './source-changed.ts'
import type { Lanes } from './source-lanes.ts'
import type { Lane } from './source-lanes-table.ts'
import { watchPace } from './watch-pace.ts'
import type { Share, Shares } from './worker-shares.ts'

/** The check reads what is fetched, and so takes as long. */
const SECONDS_MAX = FETCH_SECONDS_MAX
const HEAP_MEGABYTES = 96
const THREAD = new URL('../content/check-fastq-thread.ts', import.meta.url)

interface Surroundings extends Pick<Services, 'clock' | 'scratch' | 'log'> {
  outbound: FetchPorts['outbound']
  /** Throws a `Problem` when an upload has been deleted. */
  findSource: (uploadId: string) => Promise<Pick<FastqSource, 'url' | 'size' | 'expiresAt'>>
  /** What is known of the hosts that files come from. */
  lanes: Pick<Lanes, 'isDead' | 'isSlow' | 'open' | 'pause' | 'rest' | 'turn'>
  shares: Pick<Shares, 'begin'>
  /** Name and version of this program, for the report. */
  program: string
}

/**
 * The analysis of FASTQ files: fetched from their URLs, both of a pair at once, and checked and counted in a thread while
 * they come; the deliverables are the fetched bytes and the report. A run that starts again asks for nothing that is on
 * the disk already. Rejects with a `Problem` for files that are no FASTQ files and for URLs that do not answer with them.
 */
export function createFastqAnalyzer(threads: Threads, surroundings: Surroundings): Analyzer<FastqInput> {
  return async (task, signal) => {
    const folder = await surroundings.scratch.keepFolder(task.sampleId, task.runId)
    let files = await describeFiles(task, folder, surroundings)
    const share = await beginShare(surroundings, task, files)
    try {
      for (let restarts = 0; ; restarts++) {
        const found = await fetchAndCheck(threads, surroundings, { task, files, share }, signal)
        if (found !== 'changed') return await describeOutcome(task, surroundings, files, found)
        if (restarts >= RESTARTS_MAX) {
          throw new TryAgain('source_changed: a file at a URL changed each time while it was fetched.')
        }
        for (const file of files) await startAgain(file)
        files = await describeFiles(task, folder, surroundings)
      }
    } finally {
      share.end()
    }
  }
}

const laneOf = (projectId: string, url: string): Lane => ({ projectId, host: new URL(url).host })

/** Rejects with a `Problem` when a host is dead, and with `PutOff` when another run has just taken the place. */
async function beginShare(
  { lanes, shares }: Surroundings,
  { runId, projectId }: Pick<AnalysisTask<FastqInput>, 'runId' | 'projectId'>,
  files: FileToFetch[],
): Promise<Share> {
  const found = await Promise.all(
    files.map(async ({ file, source }) => {
      const lane = laneOf(projectId, source.url)
      if (await lanes.isDead(lane)) {
        refuse('source_unavailable', `${file}: the storage has not answered for more than an hour.`)
      }
      return { host: lane.host, slow: await lanes.isSlow(lane) }
    }),
  )
  const hosts = [...new Set(found.map(({ host }) => host))]
  const share = shares.begin({ runId, projectId, hosts, slow: found.some(({ slow }) => slow) })
  if (!share) throw new PutOff(LANE_LOOK_SECONDS)
  return share
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
  { task, files, share }: { task: AnalysisTask<FastqInput>; files: FileToFetch[]; share: Share },
  signal: AbortSignal,
): Promise<Checked | 'changed'> {
  const before = await Promise.all(files.map((file) => readFetchJournal(journalPath(file), file.uploadId)))
  const growth = FileGrowth.of(files.length)
  const stop = new AbortController()
  const until = AbortSignal.any([signal, stop.signal])
  const ports = portsOf(task, surroundings)
  const coming = new Map(files.map((file, place) => [file, before[place]?.bytes ?? 0]))
  const whole = new Set<FileToFetch>()
  const fetching = files.map(async (file, place) => {
    const onGrowth = (bytes: number) => {
      growth.grow(place, bytes)
      coming.set(file, bytes)
    }
    const journal = await fetchFile(ports, { ...file, onGrowth }, until)
    growth.finish(place, journal.bytes)
    whole.add(file)
    return journal
  })
  const unwatch = watch(surroundings, { task, share, coming, whole, fetching, stop })
  const checking = check(threads, { paths: files.map(fetchedPath), growth: growth.shared }, until)
  // Whichever fails first ends the others; a fault that was found early saves the rest of the fetch.
  const failing = Promise.all([Promise.all(fetching), checking.then((verdict) => passing(verdict, before))])
  try {
    const [journals, checked] = await failing
    return (await keepDigests(files, journals, checked)) ? checked : 'changed'
  } catch (error) {
    if (error instanceof SourceChanged) return 'changed'
    // Whatever the others say of an end that we made.
    if (isPutOff(stop.signal.reason)) throw stop.signal.reason
    throw error
  } finally {
    unwatch()
    stop.abort()
    await Promise.allSettled([...fetching, checking])
  }
}

/** Watch the pace until all files are here. Returns a function that ends it. */
function watch(
  { clock, lanes, log }: Surroundings,
  {
    task: { projectId },
    share,
    coming,
    whole,
    fetching,
    stop,
  }: {
    task: AnalysisTask<FastqInput>
    share: Share
    coming: Map<FileToFetch, number>
    whole: Set<FileToFetch>
    fetching: Promise<unknown>[]
    stop: AbortController
  },
): () => void {
  const unwatch = watchPace(clock, {
    share,
    countBytes: () => [...coming.values()].reduce((sum, bytes) => sum + bytes, 0),
    onTurn: (turn) => {
      for (const file of coming.keys()) {
        if (whole.has(file)) continue
        void lanes
          .turn(laneOf(projectId, file.source.url), turn)
          .catch((err: unknown) => log.warn({ err }, 'the pace of a source was not noted'))
      }
    },
    onPutOff: (why) => stop.abort(why),
  })
  void Promise.allSettled(fetching).then(unwatch)
  return unwatch
}

function portsOf(
  { runId, projectId }: Pick<AnalysisTask<FastqInput>, 'runId' | 'projectId'>,
  { outbound, clock, log, lanes }: Surroundings,
): FetchPorts {
  return {
    outbound,
    now: () => clock.now(),
    countLived: clock.countLived,
    onResponse: (url) => lanes.open(laneOf(projectId, url)),
    async onFailure({ file, why, bytes, url, silent, afterSeconds }) {
      log.warn({ run_id: runId, file, why, bytes }, 'a FASTQ file did not come whole; asked again')
      if (afterSeconds > 0) await lanes.rest(laneOf(projectId, url), afterSeconds)
      if (!silent || !(await lanes.pause(laneOf(projectId, url)))) return
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
  { sampleId, runId, about, folder }: AnalysisTask<FastqInput>,
  { program }: Pick<Surroundings, 'program'>,
  files: FileToFetch[],
  checked: Checked,
): Promise<AnalysisOutcome> {
  const made = files.map((file, at) => {
    const fileType = file.file === 'R1' ? ('fastq-r1' as const) : ('fastq-r2' as const)
    const { extension } = FILE_TYPES[fileType]
    return { fileType, extension, path: fetchedPath(file), sha256: checked[at]!.sha256 }
  })
  const { headline, files: reports } = await reportReads(
    { sampleId, runId, about: about && { ...about, program }, folder },
    checked,
  )
  return { qc: { fastq: headline }, checks: [], files: [...made, ...reports] }
}
