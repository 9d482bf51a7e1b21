import { statfs } from 'node:fs/promises'
import type { Scratch } from '#lib/platform/storage/scratch.ts'
import type { Threads } from '#lib/platform/threads.ts'
import { Problem } from '#lib/problem.ts'
import { capabilityOfPanel } from '#lib/projects/pipeline-capability.ts'
import type { AnalysisOutcome, AnalysisTask, Analyzer } from '../analyzer.ts'
import type { QualityCheck } from '../judge-quality.ts'
import { TryAgain } from '../try-again.ts'
import { EngineFailure, type ImputationEngine } from './engine/engine.ts'
import type { ImputationReport, NotImputed } from './imputation-report.ts'
import { imputeExport } from './impute-export.ts'
import { judgeImputation } from './judge/judge-imputation.ts'
import { type Panel, readPanel } from './panel/read-panel.ts'
import { describeNotImputed, emptyReport } from './report-imputation.ts'

export interface ImputationParts {
  engine: ImputationEngine
  panels: readonly Panel[]
  threads: Threads
  scratch: Pick<Scratch, 'keepFolder'>
}

/** Key of the check that says why a sample was not imputed. */
const CHECK = 'imputation'
/** Bytes a site takes at most while a sample is imputed: what the engine writes, and what is made of it. */
const BYTES_PER_SITE = 40

/**
 * Imputation of an array export, for samples whose project asks for it: `impute-vcf` and `impute-tbi`. What was done
 * stays for the next attempt, region by region. A sample that cannot be imputed goes on without, unless its project
 * demands it; what an operator can mend is waited for.
 */
export function createImputationAnalyzer(parts: ImputationParts): Analyzer {
  return async (task, signal) => {
    const wanted = task.input.imputation
    if (!wanted) return { qc: {}, checks: [], files: [] }
    const panel = await findPanel(parts.panels, wanted.capability)
    await task.note?.({ panelId: panel.id })
    const folder = await parts.scratch.keepFolder(task.sampleId, 'impute')
    await demandRoom(folder, panel)
    try {
      const { report, files } = await imputeExport({ ...parts, panel, folder }, task, signal)
      if (report.why) return withoutFiles(report.why, report, task)
      return {
        qc: { imputation: report },
        checks: [...judgeImputation(report, task.settings)],
        files,
      }
    } catch (error) {
      return endWith(error, { panel, engine: parts.engine, task })
    }
  }
}

async function findPanel(panels: readonly Panel[], capability: string): Promise<Panel> {
  const panel = panels.find(({ manifest }) => capabilityOfPanel(manifest).id === capability)
  if (!panel) throw new TryAgain(`${CHECK}: the panel of this project is not configured here.`)
  const now = await readPanel(panel.folder).catch(() => undefined)
  if (now?.id === panel.id) return panel
  throw new TryAgain(
    `${CHECK}: the panel is damaged or was changed; the service must be started again with it.`,
  )
}

async function demandRoom(folder: string, { manifest }: Panel): Promise<void> {
  const sites = manifest.regions.reduce((sum, region) => sum + region.sites, 0)
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < sites * BYTES_PER_SITE) {
    throw new TryAgain(`${CHECK}: there is too little room on the disk.`)
  }
}

interface Circumstances {
  panel: Panel
  engine: ImputationEngine
  task: AnalysisTask
}

function endWith(error: unknown, { panel, engine, task }: Circumstances): AnalysisOutcome {
  if (isDiskFull(error)) throw new TryAgain(`${CHECK}: the disk is full.`)
  if (!(error instanceof EngineFailure) || error.kind === 'faulty') throw error
  if (error.kind === 'missing') throw new TryAgain(`${CHECK}: the engine is not there.`)
  if (error.kind === 'killed')
    throw new TryAgain(
      `${CHECK}: the engine was killed from outside, as the system does when memory runs out.`,
    )
  const why = error.kind === 'memory' ? 'memory' : 'engine_failed'
  return withoutFiles(why, emptyReport({ panel, engine: engine.name, why }), task)
}

/** The engine met it, or a step of ours. */
const isDiskFull = (error: unknown): boolean =>
  error instanceof EngineFailure
    ? error.kind === 'disk'
    : (error as NodeJS.ErrnoException | undefined)?.code === 'ENOSPC'

/** Throws the `Problem` that ends the sample where its project demands imputation. */
function withoutFiles(
  why: NotImputed,
  report: ImputationReport,
  { settings }: AnalysisTask,
): AnalysisOutcome {
  const note = `${CHECK}: ${describeNotImputed(why)}.`
  if (settings.imputationRequired) throw new Problem('unprocessable', note)
  const check: QualityCheck = { key: CHECK, status: 'skipped', expected: null, measured: false, note }
  return { qc: { imputation: report }, checks: [check], files: [] }
}
