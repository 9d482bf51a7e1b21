import { createReadStream } from 'node:fs'
import path from 'node:path'
import { createArrayAnalyzer } from '#lib/analysis/array/create-array-analyzer.ts'
import { createQualityAnalyzer } from '#lib/analysis/report/analyse-quality.ts'
import { analyseAndStore } from '#lib/analysis/store-files.ts'
import { CHECK_THREADS_MAX } from '#lib/genotype/limits.ts'
import { loadSecrets, newSecret } from '#lib/platform/secrets.ts'
import { DiskBlobStore } from '#lib/platform/storage/blobs/disk-blob-store.ts'
import { createScratch } from '#lib/platform/storage/scratch.ts'
import { createThreads } from '#lib/platform/threads.ts'
import { ProjectSettings } from '#lib/projects/project.ts'
import { createArchiveCheck } from '#lib/sessions/upload/create-archive-check.ts'

/**
 * A process that does what the worker does with accepted exports, one after the other: in a thread that is kept, all
 * deliverables made and stored. Prints the CPU-seconds of each run and the most memory it held.
 */

const RUNS = 6
const [file, directory] = process.argv.slice(2)
if (!file || !directory) throw new Error('Name the archive and a directory to work in')

const codeCache = path.join(directory, 'code-cache')
const checking = createThreads({ threadsMax: CHECK_THREADS_MAX, codeCache })
const analysing = createThreads({ threadsMax: 1, codeCache, keepSeconds: 30 })
const storage = new DiskBlobStore(path.join(directory, 'files'))
const scratch = createScratch(path.join(directory, 'scratch'))
const queuedAt = new Date(0)
const secrets = await loadSecrets({ appSecret: newSecret(), dataDir: directory })
const analyzers = {
  array: [createArrayAnalyzer(analysing, { secrets }), createQualityAnalyzer({ program: 'Arraydrop' })],
  fastq: [],
}
const settings = ProjectSettings.parse({})

const verdict = await createArchiveCheck(checking)(file, { policy: 'strict', rowsMin: 300_000 })
if (!verdict.ok) throw new Error('The export was not accepted')
const { vendor, summary } = verdict.accepted
const storageKey = 'samples/s/original.zip'
await storage.put(storageKey, createReadStream(file))
const input = { kind: 'array', storageKey, vendor, summary } as const

const seconds: number[] = []
for (let n = 0; n < RUNS; n++) {
  const before = process.cpuUsage()
  const run = {
    id: `run-${n}`,
    sampleId: 's',
    state: 'running',
    input,
    projectId: null,
    lane: null,
    pauseSeconds: 0,
    queuedAt,
  } as const
  await analyseAndStore(
    { storage, scratch, analyzers },
    { run, attempt: 1, projectId: 'p', about: { reference: null, queuedAt }, settings, note: async () => {} },
    new AbortController().signal,
  )
  const { user, system } = process.cpuUsage(before)
  seconds.push((user + system) / 1_000_000)
}
console.log(JSON.stringify({ seconds, megabytes: (process.resourceUsage().maxRSS * 1_024) / 1_000_000 }))
