import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { createImputationAnalyzer } from '#lib/analysis/imputation/create-imputation-analyzer.ts'
import { readPanel } from '#lib/analysis/imputation/panel/read-panel.ts'
import { createScratch } from '#lib/platform/storage/scratch.ts'
import { createThreads } from '#lib/platform/threads.ts'
import { realEngine } from './engines-for-tests.ts'

/** Impute one task in a process of its own, which can be killed. */
const [engine, programs, panelFolder, taskFile, folder] = process.argv.slice(2) as string[]
const analyse = createImputationAnalyzer({
  engine: await realEngine(engine === 'minimac4' ? 'minimac4' : 'beagle', JSON.parse(programs!)),
  panels: [await readPanel(panelFolder!)],
  threads: createThreads({ threadsMax: 1, codeCache: path.join(folder!, 'code'), keepSeconds: 30 }),
  scratch: createScratch(folder!),
})
await analyse(JSON.parse(await readFile(taskFile!, 'utf8')), new AbortController().signal)
