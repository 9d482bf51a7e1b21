import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { createImputationAnalyzer } from '../lib/analysis/imputation/create-imputation-analyzer.ts'
import { createEngine } from '../lib/analysis/imputation/engine/create-engine.ts'
import { readPanel } from '../lib/analysis/imputation/panel/read-panel.ts'
import { runLeashed } from '../lib/platform/leash/run-leashed.ts'
import { createScratch } from '../lib/platform/storage/scratch.ts'
import { createThreads } from '../lib/platform/threads.ts'
import { BEAGLE_JAR } from '../lib/testing/engines-for-tests.ts'

/** So often is an export aligned: the first time starts the thread, and the last one is what a busy service does. */
const ALIGN_TIMES = 3

/**
 * Impute tasks at the same time in a process of its own, several in one run of the engine where it may; prints its own
 * CPU-seconds, those of each kind of task in a thread, and the engine's as the leash measured them.
 */
const [name, panelFolder, folder, batch, ...taskFiles] = process.argv.slice(2) as [
  'beagle' | 'minimac4',
  string,
  string,
  string,
  ...string[],
]
const panel = await readPanel(panelFolder)
const settings = {
  ...{ engine: name, java: 'java', beagleJar: BEAGLE_JAR, eagle: 'bio-eagle', minimac4: 'minimac4' },
  ...{ memoryMegabytes: 1_024, processes: 1, batch: Number(batch) },
}
const engine = await createEngine({ runLeashed, searchPath: process.env.PATH!, settings })
// As in a service, which has compiled its code once for all samples.
const codeCache = path.join(path.dirname(folder), 'code')
const threads = createThreads({ threadsMax: 1, codeCache, keepSeconds: 60 })
const align: number[] = []
const measured: typeof threads = {
  async run(file, asked, limits, signal) {
    const { name } = asked as { name: string }
    if (name === 'align' && taskFiles.length === 1) {
      for (let time = 1; time < ALIGN_TIMES; time++) {
        const before = process.cpuUsage()
        await threads.run(file, asked, limits, signal)
        align.push(secondsSince(before))
      }
    }
    const before = process.cpuUsage()
    const outcome = await threads.run(file, asked, limits, signal)
    if (name === 'align') align.push(secondsSince(before))
    return outcome
  },
}

function secondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000_000
}
const scratch = createScratch(path.join(folder, 'scratch'))
const analyse = createImputationAnalyzer({ engine, panels: [panel], threads: measured, scratch })
const tasks = await Promise.all(
  taskFiles.map(async (file, at) => {
    const task = JSON.parse(await readFile(file, 'utf8'))
    task.folder = path.join(folder, `made-${at}`)
    await mkdir(task.folder, { recursive: true })
    return task
  }),
)
const before = process.cpuUsage()
const outcomes = await Promise.all(tasks.map((task) => analyse(task, new AbortController().signal)))
// Of one sample, its alignments but the first, which starts the thread, are not part of the work.
const repeated = taskFiles.length === 1 ? align.slice(1).reduce((sum, one) => sum + one, 0) : 0
const own = secondsSince(before) - repeated
const reports = outcomes.map(({ qc }) => qc.imputation!)
console.log(
  JSON.stringify({
    own,
    align,
    engine: reports.reduce((sum, { cpuSeconds }) => sum + cpuSeconds!, 0),
    peakMegabytes: Math.max(...reports.map(({ peakMegabytes }) => peakMegabytes!)),
    sites: reports[0]!.sites,
    typed: reports[0]!.typed,
    kept: path.join(folder, 'scratch', `${tasks[0].sampleId}-kept-impute`),
  }),
)
