import path from 'node:path'
import { type EngineSurroundings, programCalls } from './call-program.ts'
import { EngineFailure, type ImputationEngine } from './engine.ts'
import { findProgram } from './find-program.ts'
import { imputePhased, MINIMAC4_OPTIONS } from './impute-phased.ts'
import { EAGLE_OPTIONS, phaseAlone } from './phase-alone.ts'
import { createSharedRuns } from './share-runs.ts'
import { createThinPanels } from './thin-panel.ts'

/**
 * Minimac4 (Das et al. 2016) after Eagle 2 (Loh et al. 2016), which phases the target against the panel and fills its open
 * markers, each person alone. Minimac4 treats every haplotype by itself, so it imputes several people at once. Asks both
 * for their versions first. Throws `EngineFailure` when one is not there.
 */
export async function createMinimac4(
  surroundings: EngineSurroundings<'eagle' | 'minimac4' | 'memoryMegabytes' | 'processes' | 'batch'>,
): Promise<ImputationEngine> {
  const { searchPath, settings } = surroundings
  const calls = programCalls(surroundings)
  const eagle = await findProgram(settings.eagle, searchPath, 'imputation by Minimac4 needs Eagle (EAGLE)')
  const minimac4 = await findProgram(settings.minimac4, searchPath, 'imputation needs Minimac4 (MINIMAC4)')
  const thin =
    settings.batch > 1
      ? createThinPanels(
          calls,
          await findProgram('bcftools', searchPath, 'batches (IMPUTATION_BATCH) need it'),
        )
      : undefined
  const versions = {
    minimac4: await askVersion(minimac4, ['--version'], /^minimac v(4\.\S+)$/m),
    eagle: await askVersion(eagle, ['--help'], /\bEagle v(2\.\S+)/),
  }

  async function askVersion(file: string, args: string[], form: RegExp): Promise<string> {
    const [, version] = form.exec(await calls.ask({ file, args, cwd: path.dirname(file) })) ?? []
    if (!version)
      throw new EngineFailure('missing', `${file} does not respond as the program it is taken for`)
    return version
  }

  const shared = createSharedRuns({
    processes: settings.processes,
    jobsMax: settings.batch,
    runAll: imputePhased.bind(undefined, calls, minimac4),
  })

  return {
    name: `Minimac4 ${versions.minimac4} with Eagle ${versions.eagle}`,
    command: `eagle --vcfRef --vcfTarget --geneticMapFile --outPrefix ${EAGLE_OPTIONS.join(' ')}; minimac4 --map --output --empirical-output ${MINIMAC4_OPTIONS.join(' ')}`,
    memoryMegabytes: settings.memoryMegabytes,
    form: 'minimac4',
    fillsOpen: true,
    filesOf: ({ files }) => files.minimac4 && [...Object.values(files.minimac4), files.map],
    async impute(asked, signal) {
      const forMinimac4 = asked.files.minimac4
      if (!forMinimac4) throw new EngineFailure('missing', 'The panel was not prepared for Minimac4')
      const job = { ...asked, forMinimac4 }
      const key = [job.panelFolder, forMinimac4.msav.name, job.together].join('\n')
      const prepare = (alone: AbortSignal, hasOthers: boolean) => {
        // Thinning a panel for one person costs more than it saves.
        const thinned = thin && hasOthers ? () => thin.referenceOf(key, job, alone) : undefined
        return phaseAlone({ calls, eagle, thin: thinned }, job, alone)
      }
      return shared.run(key, prepare, signal).finally(() => thin?.forget(job))
    },
  }
}
