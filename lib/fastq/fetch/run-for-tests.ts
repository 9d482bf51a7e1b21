import path from 'node:path'
import { pino } from 'pino'
import { runAnalysis } from '#lib/analysis/run-analysis.ts'
import { createClock } from '#lib/platform/clock.ts'
import { connect } from '#lib/platform/db/connect.ts'
import { createOutbound } from '#lib/platform/outbound/create-outbound.ts'
import { DiskBlobStore } from '#lib/platform/storage/blobs/disk-blob-store.ts'
import { createScratch } from '#lib/platform/storage/scratch.ts'
import { createNoTelemetry } from '#lib/platform/telemetry/no-telemetry.ts'
import { createThreads } from '#lib/platform/threads.ts'
import type { Services } from '#lib/services.ts'
import { createFastqAnalyzer } from './create-fastq-analyzer.ts'
import { createProbes } from './probe-source.ts'
import { lanesOf } from './source-lanes.ts'
import { createShares } from './worker-shares.ts'

// Run by tests as a process of its own, to be killed in the middle: works on one run of one file.
const [databaseUrl, directory, runId, url] = process.argv.slice(2) as [string, string, string, string]
const log = pino({ level: 'silent' })
const db = connect({ url: databaseUrl, log })
const clock = createClock(db)
const scratch = createScratch(path.join(directory, 'scratch'))
const outbound = createOutbound({ allowPrivate: true })
const findSource = async () => ({ url, size: null, expiresAt: null })
const shares = createShares()
const probes = createProbes({ db, outbound, log })
const analyse = createFastqAnalyzer(createThreads({ threadsMax: 1 }), {
  clock,
  scratch,
  outbound,
  log,
  findSource,
  program: 'Arraydrop',
  shares,
  lanes: lanesOf({ db, findSource, probes, shares }),
})
const storage = new DiskBlobStore(path.join(directory, 'files'))
const services = {
  db,
  clock,
  scratch,
  outbound,
  log,
  storage,
  telemetry: createNoTelemetry(),
  analyzers: { array: [], fastq: [analyse] },
}
await runAnalysis(services as unknown as Services, { runId })
