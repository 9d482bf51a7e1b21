import { link, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { LeashedEnd } from '#lib/platform/leash/run-leashed.ts'
import type { ProgramCalls } from './call-program.ts'
import { EngineFailure } from './engine.ts'
import { judgeBcftools } from './minimac4-log.ts'
import { demandRoom, type Minimac4Job, type Reference } from './phase-alone.ts'

export interface ThinPanels {
  /**
   * The panel's haplotypes at the markers of a target alone, in the folder of the job; made once for all jobs of a key,
   * which have the same markers, while the job that made it goes on. Undefined when bcftools does not make it, since the
   * whole panel does as well. Rejects on a full disk, and with the reason of an abort.
   */
  referenceOf(key: string, job: Minimac4Job, signal: AbortSignal): Promise<Reference | undefined>
  /** The folder of a job goes: no other one finds its panel there any more. */
  forget(job: Minimac4Job): void
}

const NAME = 'panel.bcf'
const INDEX = '.csi'

/**
 * Eagle reads every site of a panel and then drops those that are no markers, some 98 of 100: half of its time. What it
 * writes is the same where it is not given them.
 */
export function createThinPanels(calls: ProgramCalls, bcftools: string): ThinPanels {
  const made = new Map<string, { folder: string; file: Promise<string | undefined> }>()

  async function make(job: Minimac4Job, ends: LeashedEnd[], signal: AbortSignal): Promise<string> {
    const { folder, panelFolder, forMinimac4, sites, target } = job
    const [file, positions] = [path.join(folder, NAME), path.join(folder, 'markers.tsv')] as const
    // A link to the file of another job must not be written through.
    for (const name of [file, file + INDEX]) await rm(name, { force: true })
    await writeFile(positions, await positionsOf(target))
    const panel = path.join(panelFolder, forMinimac4.bcf.name)
    const views = ['view', '--no-version', '--targets-file', positions, '-Ob', '-o', file, panel]
    for (const args of [views, ['index', '-f', file]]) {
      const { end, printed } = await calls.run({ file: bcftools, args, cwd: folder }, sites, signal)
      await demandRoom(folder)
      judgeBcftools(end, printed)
      ends.push(end)
    }
    for (const name of [file, file + INDEX]) await stat(name)
    return file
  }

  return {
    async referenceOf(key, job, signal) {
      for (let there = made.get(key); there; there = made.get(key)) {
        try {
          const file = await there.file
          return file === undefined
            ? undefined
            : { file: await linkTo(file, path.join(job.folder, NAME)), ends: [] }
        } catch {
          // Whoever made it was canceled, or is done with it.
          if (made.get(key) === there) made.delete(key)
        }
      }
      const ends: LeashedEnd[] = []
      const making = make(job, ends, signal).catch((error) => {
        if (signal.aborted || (error instanceof EngineFailure && error.kind === 'disk')) throw error
        return undefined
      })
      made.set(key, { folder: job.folder, file: making })
      const file = await making
      return file === undefined ? undefined : { file, ends }
    },
    forget({ folder }) {
      for (const [key, there] of made) if (there.folder === folder) made.delete(key)
    },
  }
}

async function linkTo(file: string, own: string): Promise<string> {
  for (const suffix of ['', INDEX]) {
    await rm(own + suffix, { force: true })
    await link(file + suffix, own + suffix)
  }
  return own
}

/** Chromosome and position of every marker, a line each. */
async function positionsOf(target: string): Promise<string> {
  const lines = (await readFile(target, 'latin1')).split('\n')
  const markers = lines.filter((line) => line !== '' && !line.startsWith('#'))
  return markers.map((line) => `${line.split('\t', 2).join('\t')}\n`).join('')
}
