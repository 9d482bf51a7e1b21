import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Threads } from '#lib/platform/threads.ts'
import {
  EngineFailure,
  type EngineFailureKind,
  type EngineResult,
  type ImputationEngine,
} from './engine/engine.ts'
import type { FinishedRegion } from './finish/finish-region.ts'
import type { PairSums } from './judge/compare-hidden.ts'
import type { PanelRegion } from './panel/manifest.ts'
import { checkSize, type Panel } from './panel/read-panel.ts'
import type { Region } from './panel/region.ts'
import { runInThread } from './run-in-thread.ts'
import type { AlignedExport, Target } from './target/align-export.ts'

/** What imputing one region needs. */
export interface RegionWork {
  engine: ImputationEngine
  threads: Threads
  panel: Panel
  region: Region
  ofPanel: PanelRegion
  /** Samples of other projects never share a process with this one. */
  projectId: string
  /** The folder of the sample that outlives an attempt. */
  folder: string
}

/** What a step of the engine cost; null where the system does not tell. */
export interface Cost {
  cpuSeconds: number | null
  peakMegabytes: number | null
}

export interface ImputedRegion extends Cost {
  finished: FinishedRegion
}

export interface MaskedRegion extends Cost {
  bins: PairSums[]
}

/** Where the records of a region wait to be put together. */
export const bodyOf = (folder: string, key: string): string => path.join(folder, `${key}.body`)

/** Impute one region, or find that an attempt before did: same panel, engine and target. */
export function imputeRegion(work: RegionWork, target: Target, signal: AbortSignal): Promise<ImputedRegion> {
  const { region, folder, panel, ofPanel, threads } = work
  const isWhole = ({ finished }: ImputedRegion) =>
    hasBytes(bodyOf(folder, region.key), finished.blockStarts.at(-1)!)
  return onceDone({ work, target, isWhole }, async () => {
    const { cpuSeconds, peakMegabytes, ...made } = await runEngine(work, target, signal)
    const task = {
      ...made,
      region,
      form: work.engine.form,
      target: path.join(folder, target.name),
      sites: path.join(panel.folder, ofPanel.files.sites.name),
      body: `${bodyOf(folder, region.key)}.part`,
    }
    const finished = await runInThread(threads, 'finish', task, signal)
    await rename(task.body, bodyOf(folder, region.key))
    return { finished, cpuSeconds, peakMegabytes }
  })
}

/** Impute one region once more without some of its typed markers, and see how those come back. */
export function imputeMasked(
  work: RegionWork,
  { target, hidden }: AlignedExport['masked'][number],
  signal: AbortSignal,
): Promise<MaskedRegion> {
  const { panel, ofPanel, threads } = work
  return onceDone({ work, target, isWhole: async () => true }, async () => {
    const { vcf, column, cpuSeconds, peakMegabytes } = await runEngine(work, target, signal)
    const sites = path.join(panel.folder, ofPanel.files.sites.name)
    const { form } = work.engine
    return {
      bins: await runInThread(threads, 'compare', { vcf, column, form, sites, hidden }, signal),
      cpuSeconds,
      peakMegabytes,
    }
  })
}

async function hasBytes(file: string, bytes: number): Promise<boolean> {
  const found = await stat(file).catch(() => undefined)
  return found?.size === bytes
}

interface Once<T> {
  work: RegionWork
  target: Target
  /** Whether what an attempt before left is all there. */
  isWhole: (done: T) => Promise<boolean>
}

/** What `act` answers, kept beside the target, so that an attempt after this one finds it. */
async function onceDone<T>({ work, target, isWhole }: Once<T>, act: () => Promise<T>): Promise<T> {
  const { engine, panel, folder } = work
  const note = path.join(folder, `${target.name}.json`)
  const of = { panel: panel.id, engine: engine.name, command: engine.command, target: target.sha256 }
  const before = await readFile(note, 'utf8').then(
    (text) => JSON.parse(text) as { of: typeof of; done: T },
    () => undefined,
  )
  if (before && JSON.stringify(before.of) === JSON.stringify(of) && (await isWhole(before.done)))
    return before.done
  const scratch = engineFolder(folder, target)
  await rm(scratch, { recursive: true, force: true })
  await mkdir(scratch, { mode: 0o700 })
  try {
    const done = await act()
    await writeFile(`${note}.part`, JSON.stringify({ of, done }))
    await rename(`${note}.part`, note)
    return done
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

const engineFolder = (folder: string, { name }: Target): string => path.join(folder, `${name}.engine`)

const ONCE_MORE: readonly EngineFailureKind[] = ['memory', 'stalled', 'killed']

/** Run the engine; once more when it hung or was killed, and with twice the memory when that did not suffice. */
async function runEngine(work: RegionWork, target: Target, signal: AbortSignal): Promise<EngineResult> {
  const { engine, panel, ofPanel, folder } = work
  for (const file of engine.filesOf(ofPanel) ?? []) await checkSize(panel.folder, file)
  const job = {
    target: path.join(folder, target.name),
    panelFolder: panel.folder,
    files: ofPanel.files,
    folder: engineFolder(folder, target),
    sites: ofPanel.sites,
    markers: target.markers,
    together: `${work.projectId} ${target.markerSet}`,
    memoryMegabytes: engine.memoryMegabytes,
  }
  try {
    return await engine.impute(job, signal)
  } catch (error) {
    if (!(error instanceof EngineFailure) || !ONCE_MORE.includes(error.kind)) throw error
    const memoryMegabytes = engine.memoryMegabytes * (error.kind === 'memory' ? 2 : 1)
    return await engine.impute({ ...job, memoryMegabytes }, signal)
  }
}
