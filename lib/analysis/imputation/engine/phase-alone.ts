import { readFile, statfs } from 'node:fs/promises'
import path from 'node:path'
import type { LeashedEnd } from '#lib/platform/leash/run-leashed.ts'
import type { PanelRegion } from '../panel/manifest.ts'
import type { ProgramCalls } from './call-program.ts'
import { EngineFailure, type EngineJob } from './engine.ts'
import { judgeEagle } from './minimac4-log.ts'
import { packTarget } from './pack-target.ts'

/** Options that change what comes out. */
export const EAGLE_OPTIONS = ['--numThreads', '1', '--vcfOutFormat', 'v']
/** Eagle and Minimac4 exit with 0 on a full disk. */
const ROOM_MIN = 1_048_576

/** A job of which it is known that its panel is for Minimac4. */
export interface Minimac4Job extends EngineJob {
  forMinimac4: NonNullable<PanelRegion['files']['minimac4']>
}

/** What Eagle phases against: a BCF with its index beside it. */
export interface Reference {
  file: string
  /** What making it cost. */
  ends: LeashedEnd[]
}

/** One person's target, phased and filled. */
export interface Phased {
  job: Minimac4Job
  vcf: string
  ends: LeashedEnd[]
}

/**
 * Phase a target by Eagle, which fills open markers, against the panel, or what `thin` makes of it for these markers.
 */
export async function phaseAlone(
  {
    calls,
    eagle,
    thin,
  }: { calls: ProgramCalls; eagle: string; thin: (() => Promise<Reference | undefined>) | undefined },
  job: Minimac4Job,
  signal: AbortSignal,
): Promise<Phased> {
  const { target, panelFolder, forMinimac4, folder, sites, markers } = job
  // One copy has no phase.
  if (await hasOneCopy(target)) return { job, vcf: target, ends: [] }
  const prefix = path.join(folder, 'phased')
  const { file } = await packTarget(target, path.join(folder, 'target.vcf.gz'))
  const reference = (await thin?.()) ?? { file: path.join(panelFolder, forMinimac4.bcf.name), ends: [] }
  const map = path.join(panelFolder, forMinimac4.eagleMap.name)
  const given = ['--vcfRef', reference.file, '--vcfTarget', file, '--geneticMapFile', map]
  const places = [...given, '--outPrefix', prefix]
  const called = { file: eagle, args: [...places, ...EAGLE_OPTIONS], cwd: folder }
  const { end, printed } = await calls.run(called, sites, signal)
  await demandRoom(folder)
  judgeEagle(end, printed, { markers })
  return { job, vcf: `${prefix}.vcf`, ends: [...reference.ends, end] }
}

async function hasOneCopy(target: string): Promise<boolean> {
  const first = (await readFile(target, 'latin1')).split('\n').find((line) => !line.startsWith('#'))
  return /\t[01]$/.test(first ?? '')
}

/** Throws an `EngineFailure` when what a program wrote may be cut off. */
export async function demandRoom(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < ROOM_MIN) throw new EngineFailure('disk', 'The disk is full')
}
