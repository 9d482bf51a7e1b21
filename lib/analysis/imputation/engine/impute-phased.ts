import { link, rm } from 'node:fs/promises'
import path from 'node:path'
import type { LeashedEnd } from '#lib/platform/leash/run-leashed.ts'
import type { ProgramCalls } from './call-program.ts'
import { EngineFailure, type EngineResult } from './engine.ts'
import { mergeTargets } from './merge-targets.ts'
import { judgeMinimac4 } from './minimac4-log.ts'
import { packTarget } from './pack-target.ts'
import { demandRoom, type Phased } from './phase-alone.ts'

/**
 * Minimac4 holds one stretch of so many bases in memory, some 400 bytes a site, and ends when a stretch has no marker at
 * all: half a chromosome is small enough for the first and large enough against the second.
 */
const STRETCH_BASES = 100_000_000
/** Options that change what comes out. */
export const MINIMAC4_OPTIONS = [
  ...['--format', 'GT,DS,GP', '--output-format', 'vcf.gz', '--threads', '1'],
  ...['--chunk', String(STRETCH_BASES), '--min-ratio', '0'],
]
const IMPUTED = 'imputed.vcf.gz'
const LEFT_OUT = 'left-out.vcf.gz'

/** What only a run needs, and holds everybody who shares it. */
const OF_A_RUN = ['merged.vcf', 'phased.vcf.gz', 'phased.vcf.gz.tbi']

/**
 * Impute people with the same markers in one run of Minimac4, in the folder of the first. A run that fails leaves nothing of
 * anybody there: the next may be without one of them.
 */
export async function imputePhased(
  calls: ProgramCalls,
  minimac4: string,
  people: readonly Phased[],
  signal: AbortSignal,
): Promise<EngineResult[]> {
  const { folder } = people[0]!.job
  const removeAll = async (names: readonly string[]) => {
    for (const name of names) await rm(path.join(folder, name), { force: true })
  }
  try {
    return await runMinimac4(calls, minimac4, people, signal)
  } catch (error) {
    await removeAll([IMPUTED, LEFT_OUT])
    throw error
  } finally {
    await removeAll(OF_A_RUN)
  }
}

async function runMinimac4(
  calls: ProgramCalls,
  minimac4: string,
  people: readonly Phased[],
  signal: AbortSignal,
): Promise<EngineResult[]> {
  const { panelFolder, forMinimac4, files, folder, sites, markers } = people[0]!.job
  const packed = await packTarget(await sideBySide(people), path.join(folder, 'phased.vcf.gz'))
  if (packed.markers !== markers)
    throw new EngineFailure('faulty', `Eagle wrote ${packed.markers} markers instead of ${markers}`)
  const inPanel = ({ name }: { name: string }) => path.join(panelFolder, name)
  const [out, leftOut] = [path.join(folder, IMPUTED), path.join(folder, LEFT_OUT)] as const
  const places = ['--map', inPanel(files.map), '--output', out, '--empirical-output', leftOut]
  const args = [...places, ...MINIMAC4_OPTIONS, inPanel(forMinimac4.msav), packed.file]
  const { end, printed } = await calls.run({ file: minimac4, args, cwd: folder }, sites, signal)
  await demandRoom(folder)
  judgeMinimac4(end, printed, { sites })
  const share = end.cpuSeconds === null ? null : end.cpuSeconds / people.length
  const results: EngineResult[] = []
  for (const [at, { job, vcf, ends }] of people.entries()) {
    results.push({
      vcf: await ofOwn(out, job.folder),
      column: { at, of: people.length },
      phased: vcf,
      leftOut: await ofOwn(leftOut, job.folder),
      ...sumUse([...ends, { ...end, cpuSeconds: share }]),
    })
  }
  return results
}

async function sideBySide(people: readonly Phased[]): Promise<string> {
  const [{ vcf, job }] = people as [Phased]
  if (people.length === 1) return vcf
  const merged = path.join(job.folder, 'merged.vcf')
  await mergeTargets(
    people.map((one) => one.vcf),
    merged,
  )
  return merged
}

/** The file in a person's own folder, which is removed on its own. */
async function ofOwn(file: string, folder: string): Promise<string> {
  const own = path.join(folder, path.basename(file))
  if (own === file) return own
  await rm(own, { force: true })
  await link(file, own)
  return own
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
