import { readFile, statfs } from 'node:fs/promises'
import path from 'node:path'
import type { LeashedEnd } from '#lib/platform/leash/run-leashed.ts'
import { type EngineSurroundings, programCalls } from './call-program.ts'
import { EngineFailure, type EngineJob, type EngineResult, type ImputationEngine } from './engine.ts'
import { findProgram } from './find-program.ts'
import { judgeEagle, judgeMinimac4 } from './minimac4-log.ts'
import { packTarget } from './pack-target.ts'

/**
 * Minimac4 holds one stretch of so many bases in memory, some 400 bytes a site, and ends when a stretch has no marker at
 * all: half a chromosome is small enough for the first and large enough against the second.
 */
const STRETCH_BASES = 100_000_000
/** Both programs exit with 0 on a full disk. */
const ROOM_MIN = 1_048_576

/** Options that change what comes out. */
const EAGLE_OPTIONS = ['--numThreads', '1', '--vcfOutFormat', 'v']
const MINIMAC4_OPTIONS = [
  ...['--format', 'GT,DS,GP', '--output-format', 'vcf.gz', '--threads', '1'],
  ...['--chunk', String(STRETCH_BASES), '--min-ratio', '0'],
]

/**
 * Minimac4 (Das et al. 2016) after Eagle 2 (Loh et al. 2016), which phases the target against the panel. Asks both for
 * their versions first. Throws `EngineFailure` when one is not there.
 */
export async function createMinimac4(
  surroundings: EngineSurroundings<'eagle' | 'minimac4' | 'memoryMegabytes'>,
): Promise<ImputationEngine> {
  const { searchPath, settings } = surroundings
  const calls = programCalls(surroundings)
  const eagle = await findProgram(settings.eagle, searchPath, 'imputation by Minimac4 needs Eagle (EAGLE)')
  const minimac4 = await findProgram(settings.minimac4, searchPath, 'imputation needs Minimac4 (MINIMAC4)')
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

  /** Run one of the two on a region; its last words are judged by `judge`. */
  async function run(
    { folder, sites }: Pick<EngineJob, 'folder' | 'sites'>,
    { file, args }: { file: string; args: string[] },
    judge: (end: LeashedEnd, printed: string) => void,
    signal: AbortSignal,
  ): Promise<LeashedEnd> {
    const { end, printed } = await calls.run({ file, args, cwd: folder }, sites, signal)
    await demandRoom(folder)
    judge(end, printed)
    return end
  }

  async function phase(job: EngineJob, signal: AbortSignal): Promise<{ vcf: string; ends: LeashedEnd[] }> {
    const { target, panelFolder, files, folder, markers } = job
    // One copy has no phase.
    if (await hasOneCopy(target)) return { vcf: target, ends: [] }
    const prefix = path.join(folder, 'phased')
    const { file } = await packTarget(target, path.join(folder, 'target.vcf.gz'))
    const inPanel = (name: string) => path.join(panelFolder, name)
    const { bcf, eagleMap } = filesFor(files)
    const places = [
      '--vcfRef',
      inPanel(bcf.name),
      '--vcfTarget',
      file,
      '--geneticMapFile',
      inPanel(eagleMap.name),
    ]
    const args = [...places, '--outPrefix', prefix, ...EAGLE_OPTIONS]
    const judge = (end: LeashedEnd, printed: string) => judgeEagle(end, printed, { markers })
    const end = await run(job, { file: eagle, args }, judge, signal)
    return { vcf: `${prefix}.vcf`, ends: [end] }
  }

  return {
    name: `Minimac4 ${versions.minimac4} with Eagle ${versions.eagle}`,
    command: `eagle --vcfRef --vcfTarget --geneticMapFile --outPrefix ${EAGLE_OPTIONS.join(' ')}; minimac4 --map --output ${MINIMAC4_OPTIONS.join(' ')}`,
    memoryMegabytes: settings.memoryMegabytes,
    form: 'minimac4',
    filesOf: ({ files }) => files.minimac4 && [...Object.values(files.minimac4), files.map],
    async impute(job, signal): Promise<EngineResult> {
      const { panelFolder, files, folder, sites, markers } = job
      const phased = await phase(job, signal)
      const packed = await packTarget(phased.vcf, path.join(folder, 'phased.vcf.gz'))
      if (packed.markers !== markers)
        throw new EngineFailure('faulty', `Eagle wrote ${packed.markers} markers instead of ${markers}`)
      const out = path.join(folder, 'imputed.vcf.gz')
      const [msav, map] = [filesFor(files).msav, files.map].map(({ name }) => path.join(panelFolder, name))
      const args = ['--map', map!, '--output', out, ...MINIMAC4_OPTIONS, msav!, packed.file]
      const judge = (end: LeashedEnd, printed: string) => judgeMinimac4(end, printed, { sites })
      const end = await run(job, { file: minimac4, args }, judge, signal)
      return { vcf: out, phased: phased.vcf, ...sumUse([...phased.ends, end]) }
    },
  }
}

function filesFor({ minimac4 }: EngineJob['files']): NonNullable<EngineJob['files']['minimac4']> {
  if (!minimac4) throw new EngineFailure('missing', 'The panel was not prepared for Minimac4')
  return minimac4
}

async function hasOneCopy(target: string): Promise<boolean> {
  const first = (await readFile(target, 'latin1')).split('\n').find((line) => !line.startsWith('#'))
  return /\t[01]$/.test(first ?? '')
}

async function demandRoom(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < ROOM_MIN) throw new EngineFailure('disk', 'The disk is full')
}

function sumUse(ends: readonly LeashedEnd[]): Pick<LeashedEnd, 'cpuSeconds' | 'peakMegabytes'> {
  let [cpuSeconds, peakMegabytes]: [number | null, number | null] = [0, 0]
  for (const end of ends) {
    cpuSeconds = end.cpuSeconds === null || cpuSeconds === null ? null : cpuSeconds + end.cpuSeconds
    peakMegabytes =
      end.peakMegabytes === null || peakMegabytes === null ? null : Math.max(peakMegabytes, end.peakMegabytes)
  }
  return { cpuSeconds, peakMegabytes }
}
