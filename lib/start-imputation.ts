import type { Analyzers } from '#lib/analysis/analyzer.ts'
import { createImputationAnalyzer } from '#lib/analysis/imputation/create-imputation-analyzer.ts'
import { createEngine } from '#lib/analysis/imputation/engine/create-engine.ts'
import type { ImputationEngine } from '#lib/analysis/imputation/engine/engine.ts'
import { BadPanel, type Panel, readPanel } from '#lib/analysis/imputation/panel/read-panel.ts'
import { BadEnvironment, type Env } from '#lib/platform/env.ts'
import { runLeashed } from '#lib/platform/leash/run-leashed.ts'
import type { Scratch } from '#lib/platform/storage/scratch.ts'
import { createThreads } from '#lib/platform/threads.ts'
import {
  capabilityOfPanel,
  PIPELINE_CAPABILITIES,
  type PipelineCapability,
} from '#lib/projects/pipeline-capability.ts'

/** How long a warm thread waits for the next region, which takes seconds to minutes in the engine. */
const KEEP_SECONDS = 60

export interface StartedImputation {
  /** What a project can choose here. */
  capabilities: readonly PipelineCapability[]
  /** The analyzer of imputation; none where this process does not impute. */
  analyzers(places: { scratch: Scratch; codeCache: string }): Analyzers['array']
}

/**
 * Read the panels and, in a process that works on jobs, find the engine. Rejects with `BadEnvironment` when either is
 * not as the environment says: better no start than samples that wait in vain.
 */
export async function startImputation(
  { imputation: settings, searchPath }: Pick<Env, 'imputation' | 'searchPath'>,
  { jobs }: { jobs: boolean },
): Promise<StartedImputation> {
  const panels = await Promise.all(settings.panels.map(readOne))
  const capabilities = [
    ...PIPELINE_CAPABILITIES,
    ...panels.map(({ manifest }) => capabilityOfPanel(manifest)),
  ]
  const twice = capabilities.find(({ id }, at) => capabilities.findIndex((one) => one.id === id) !== at)
  if (twice)
    throw new BadEnvironment([`IMPUTATION_PANEL names two panels of one name and version: ${twice.key}`])
  if (panels.length === 0 || !jobs) return { capabilities, analyzers: () => [] }
  const engine = await createEngine({ runLeashed, searchPath, settings }).catch((error: unknown) => {
    throw new BadEnvironment([`IMPUTATION_PANEL is set, but nothing can impute: ${(error as Error).message}`])
  })
  for (const panel of panels) demandPrepared(panel, engine, settings.engine)
  return {
    capabilities,
    analyzers: ({ scratch, codeCache }) => {
      const threads = createThreads({
        threadsMax: settings.processes,
        codeCache,
        keepSeconds: KEEP_SECONDS,
      })
      return [createImputationAnalyzer({ engine, panels, threads, scratch })]
    },
  }
}

/** A region that the engine cannot read would fail every sample. */
function demandPrepared({ folder, manifest }: Panel, engine: ImputationEngine, name: string): void {
  if (manifest.regions.every((region) => engine.filesOf(region))) return
  throw new BadEnvironment([
    `IMPUTATION_PANEL: ${folder} was not prepared for ${name}: use IMPUTATION_ENGINE, or prepare it again with --engine ${name}`,
  ])
}

async function readOne(folder: string): Promise<Panel> {
  try {
    return await readPanel(folder)
  } catch (error) {
    if (error instanceof BadPanel) throw new BadEnvironment([`IMPUTATION_PANEL: ${folder}: ${error.message}`])
    throw error
  }
}
