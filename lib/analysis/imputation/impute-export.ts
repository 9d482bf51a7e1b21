import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { Threads } from '#lib/platform/threads.ts'
import { FILE_TYPES } from '#lib/samples/deliverable.ts'
import type { AnalysisTask, MadeFile } from '../analyzer.ts'
import type { ImputationEngine } from './engine/engine.ts'
import type { FinishedRegion } from './finish/finish-region.ts'
import type { ImputationReport } from './imputation-report.ts'
import { bodyOf, type Cost, imputeMasked, imputeRegion, type RegionWork } from './impute-region.ts'
import type { Panel } from './panel/read-panel.ts'
import { regionsOf } from './panel/region.ts'
import { ProgressClock } from './progress-clock.ts'
import { addRegions, emptyReport, reportAlignment, reportMasked } from './report-imputation.ts'
import { runInThread } from './run-in-thread.ts'
import type { AlignedExport } from './target/align-export.ts'
import { refuseBuild } from './target/plan-regions.ts'
import { writeHeader } from './write-header.ts'

export interface ImputedExport {
  report: ImputationReport
  files: MadeFile[]
}

interface Means {
  engine: ImputationEngine
  threads: Threads
  panel: Panel
  /** The folder of the sample that outlives an attempt. */
  folder: string
}

/**
 * Impute an accepted export, one region after the other, and put the regions together. Nothing is imputed, and the report
 * says why, where the export has too little in common with the panel: an engine would make up a person from anything.
 */
export async function imputeExport(
  means: Means,
  task: AnalysisTask,
  signal: AbortSignal,
): Promise<ImputedExport> {
  const { engine, panel } = means
  const made = { panel, engine: engine.name }
  const { positionBuild } = task.input.summary
  const why = refuseBuild(positionBuild, panel.manifest.liftedFrom ?? panel.manifest.build)
  if (why) return { report: emptyReport({ ...made, why }), files: [] }
  const aligned = await align(means, task, signal)
  const report = reportAlignment(made, aligned)
  if (aligned.nothing) return { report, files: [] }

  const runs = aligned.regions.flatMap(({ key, target }) =>
    target ? [{ ...workOn(means, task, key), target }] : [],
  )
  const masks = aligned.masked.map((masked) => ({ ...workOn(means, task, masked.key), masked }))
  const clock = new ProgressClock([...runs, ...masks].map(({ ofPanel }) => ofPanel.sites))
  const tell = async (cost: Cost) => {
    clock.done(cost.cpuSeconds)
    await task.note?.({ progress: clock.progress() })
  }
  await task.note?.({ progress: clock.progress() })
  const costs: Cost[] = []
  const finished = new Map<string, FinishedRegion>()
  for (const work of runs) {
    const imputed = await imputeRegion(work, work.target, signal)
    finished.set(work.region.key, imputed.finished)
    costs.push(imputed)
    await tell(imputed)
  }
  const bins: Parameters<typeof reportMasked>[0][number][] = []
  for (const work of masks) {
    const masked = await imputeMasked(work, work.masked, signal)
    bins.push({ key: work.region.key, bins: masked.bins })
    costs.push(masked)
    await tell(masked)
  }
  const { files, bytes } = await assemble(means, { task, finished }, signal)
  const whole = { ...addRegions(report, finished), masked: reportMasked(bins), ...sumCosts(costs), bytes }
  await task.note?.({ cpuSeconds: whole.cpuSeconds })
  return { report: whole, files }
}

function align(
  { engine, threads, panel, folder }: Means,
  task: AnalysisTask,
  signal: AbortSignal,
): Promise<AlignedExport> {
  const { summary } = task.input
  const regions = regionsOf(panel.manifest.build).flatMap((region) => {
    const ofPanel = panel.manifest.regions.find(({ key }) => key === region.key)
    return ofPanel ? [{ region, files: ofPanel.files }] : []
  })
  const asked = {
    original: task.original,
    rows: summary.rows,
    sex: summary.inferredSex,
    panelFolder: panel.folder,
    regions,
    withOpen: engine.fillsOpen,
    folder,
  }
  return runInThread(threads, 'align', asked, signal)
}

function workOn(means: Means, { projectId }: AnalysisTask, key: string): RegionWork {
  const { manifest } = means.panel
  const region = regionsOf(manifest.build).find((one) => one.key === key)!
  return { ...means, projectId, region, ofPanel: manifest.regions.find((one) => one.key === key)! }
}

async function assemble(
  { engine, threads, panel, folder }: Means,
  { task, finished }: { task: AnalysisTask; finished: ReadonlyMap<string, FinishedRegion> },
  signal: AbortSignal,
): Promise<{ files: MadeFile[]; bytes: number }> {
  const files = (['impute-vcf', 'impute-tbi'] as const).map((fileType) => {
    const { extension } = FILE_TYPES[fileType]
    return { fileType, extension, path: path.join(task.folder, `${fileType}.${extension}`) }
  })
  const [vcf, tbi] = files.map((file) => file.path) as [string, string]
  const header = writeHeader({ sampleId: task.sampleId, panel, engine })
  const regions = [...finished].map(([key, one]) => ({ body: bodyOf(folder, key), finished: one }))
  await runInThread(threads, 'assemble', { header, regions, vcf, tbi }, signal)
  return { files, bytes: (await stat(vcf)).size }
}

/** Null as soon as the system did not tell of one of them. */
function sumCosts(costs: readonly Cost[]): Cost {
  const known = costs.flatMap(({ cpuSeconds, peakMegabytes }) =>
    cpuSeconds === null || peakMegabytes === null ? [] : [{ cpuSeconds, peakMegabytes }],
  )
  if (known.length < costs.length) return { cpuSeconds: null, peakMegabytes: null }
  return {
    // Hundredths are all that the system tells.
    cpuSeconds: Math.round(known.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) * 100) / 100,
    peakMegabytes: Math.max(0, ...known.map(({ peakMegabytes }) => peakMegabytes)),
  }
}
