import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { judgeBeagle } from './beagle-log.ts'
import { type EngineSurroundings, programCalls } from './call-program.ts'
import { EngineFailure, type ImputationEngine, ONLY_COLUMN } from './engine.ts'
import { findProgram } from './find-program.ts'

/** Always the same: another one would give a person other genotypes. */
const SEED = 1
/** Of everything it writes. */
const PREFIX = 'imputed'

/** Options that change what comes out, or how fast. One thread: another number would cost processor time. */
const OPTIONS = [`seed=${SEED}`, 'nthreads=1', 'gp=true']

/**
 * Beagle 5 (Browning, Zhou and Browning 2018; 2021), as a program of its own. Asks it for its version first. Throws
 * `EngineFailure` when Java or Beagle are not there.
 */
export async function createBeagle(
  surroundings: EngineSurroundings<'java' | 'beagleJar' | 'memoryMegabytes'>,
): Promise<ImputationEngine> {
  const { searchPath, settings } = surroundings
  const calls = programCalls(surroundings)
  const file = await findProgram(settings.java, searchPath, 'imputation needs Java (JAVA)')
  const name = await askVersion()

  async function askVersion(): Promise<string> {
    const args = ['-Xmx64m', '-XX:+UseSerialGC', '-jar', settings.beagleJar]
    const cwd = path.dirname(settings.beagleJar)
    await stat(settings.beagleJar).catch(() => {
      throw new EngineFailure('missing', `There is no Beagle at ${settings.beagleJar}`)
    })
    const printed = await calls.ask({ file, args, cwd })
    const found = /^beagle\.(\S+)\.jar \(version (5\.\S+)\)$/m.exec(printed)
    if (!found) throw new EngineFailure('missing', `${settings.beagleJar} does not answer as Beagle 5`)
    return `Beagle ${found[2]} (${found[1]})`
  }

  return {
    name,
    command: `java -jar beagle.jar gt= ref= map= out= ${OPTIONS.join(' ')}`,
    memoryMegabytes: settings.memoryMegabytes,
    form: 'beagle',
    // Samples of one run would not be independent of one another, so nothing is gained by common markers.
    fillsOpen: false,
    filesOf: ({ files }) => files.bref3 && [files.bref3, files.map],
    async impute({ target, panelFolder, files, folder, sites, markers, memoryMegabytes }, signal) {
      if (!files.bref3) throw new EngineFailure('missing', 'The panel was not prepared for Beagle')
      const out = path.join(folder, PREFIX)
      // One collector thread and no more: the heap is small, and processor time is what a sample costs.
      const machine = [`-Xmx${memoryMegabytes}m`, '-XX:+UseSerialGC', `-Djava.io.tmpdir=${folder}`]
      const [reference, map] = [files.bref3, files.map].map(({ name }) => path.join(panelFolder, name))
      const places = [`gt=${target}`, `ref=${reference}`, `map=${map}`, `out=${out}`]
      const args = [...machine, '-jar', settings.beagleJar, ...places, ...OPTIONS]
      const { end, printed } = await calls.run({ file, args, cwd: folder }, sites, signal)
      const log = await readFile(`${out}.log`, 'utf8').catch(() => '')
      judgeBeagle(end, { printed, log }, { sites, markers })
      const { cpuSeconds, peakMegabytes } = end
      const vcf = `${out}.vcf.gz`
      return { vcf, column: ONLY_COLUMN, phased: null, leftOut: null, cpuSeconds, peakMegabytes }
    },
  }
}
