import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { createImputationAnalyzer } from '../lib/analysis/imputation/create-imputation-analyzer.ts'
import { createBeagle } from '../lib/analysis/imputation/engine/create-beagle.ts'
import { readPanel } from '../lib/analysis/imputation/panel/read-panel.ts'
import { runLeashed } from '../lib/platform/leash/run-leashed.ts'
import { createScratch } from '../lib/platform/storage/scratch.ts'
import { createThreads } from '../lib/platform/threads.ts'
import { BEAGLE_JAR } from '../lib/testing/engines-for-tests.ts'

/** Impute one task in a process of its own; prints its own CPU-seconds, and the engine's as the leash measured them. */
const [panelFolder, taskFile, folder] = process.argv.slice(2) as [string, string, string]
const panel = await readPanel(panelFolder)
const task = JSON.parse(await readFile(taskFile, 'utf8'))
task.folder = path.join(folder, 'made')
await mkdir(task.folder, { recursive: true })
const settings = { java: 'java', beagleJar: BEAGLE_JAR, memoryMegabytes: 1_024 }
const engine = await createBeagle({ runLeashed, searchPath: process.env.PATH!, settings })
// As in a service, which has compiled its code once for all samples.
const codeCache = path.join(path.dirname(folder), 'code')
const threads = createThreads({ threadsMax: 1, codeCache, keepSeconds: 60 })
const inThreads: Record<string, number> = {}
const measured: typeof threads = {
  async run(file, asked, limits, signal) {
    const before = process.cpuUsage()
    const outcome = await threads.run(file, asked, limits, signal)
    const { user, system } = process.cpuUsage(before)
    const { name } = asked as { name: string }
    inThreads[name] = (inThreads[name] ?? 0) + (user + system) / 1_000_000
    return outcome
  },
}
const scratch = createScratch(path.join(folder, 'scratch'))
const analyse = createImputationAnalyzer({ engine, panels: [panel], threads: measured, scratch })
const before = process.cpuUsage()
const { qc } = await analyse(task, new AbortController().signal)
const { user, system } = process.cpuUsage(before)
const { cpuSeconds, peakMegabytes, sites, typed } = qc.imputation!
console.log(
  JSON.stringify({
    own: (user + system) / 1_000_000,
    align: inThreads.align,
    engine: cpuSeconds,
    peakMegabytes,
    sites,
    typed,
    kept: path.join(folder, 'scratch', `${task.sampleId}-kept-impute`),
  }),
)
