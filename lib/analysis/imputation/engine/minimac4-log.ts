import type { LeashedEnd } from '#lib/platform/leash/run-leashed.ts'
import { EngineFailure } from './engine.ts'
import { judgeEnd } from './judge-end.ts'

/**
 * Judge how Eagle ended, by exit code and what it printed: it may exit with 0 and have left out markers. The message of a
 * failure holds none of its words: they may quote positions and alleles.
 */
export function judgeEagle(end: LeashedEnd, printed: string, { markers }: { markers: number }): void {
  judgeEnd(EAGLE, end, printed)
  const [, phased] = /^SNPs to analyze: M = (\d+) SNPs/m.exec(printed) ?? []
  if (Number(phased) !== markers)
    throw new EngineFailure('faulty', `Eagle saw ${phased} markers instead of ${markers}`)
  if (!/^Total elapsed time for analysis = /m.test(printed))
    throw new EngineFailure('faulty', 'What Eagle prints does not end as it should')
}

/** The same for Minimac4, which works in stretches and states the sites of each. */
export function judgeMinimac4(end: LeashedEnd, printed: string, { sites }: { sites: number }): void {
  judgeEnd(MINIMAC4, end, printed)
  const stretches = [...printed.matchAll(/^Typed sites to imputed sites ratio: \S+ \(\d+\/(\d+)\)$/gm)]
  const seen = stretches.reduce((sum, [, own]) => sum + Number(own), 0)
  if (seen !== sites) throw new EngineFailure('faulty', `Minimac4 saw ${seen} sites instead of ${sites}`)
  if (!/^Total wall time .*\s*$/m.test(printed))
    throw new EngineFailure('faulty', 'What Minimac4 prints does not end as it should')
}

/** The same for bcftools, which exits with another code when it could not do all. */
export function judgeBcftools(end: LeashedEnd, printed: string): void {
  judgeEnd(BCFTOOLS, end, printed)
}

const MEMORY = /std::bad_alloc|Cannot allocate memory|out of memory/i
/** The refusals that are known, of either program. */
const REFUSALS = [
  [/could not load index|must be indexed|reference file index/, 'a file without its index'],
  [
    /Wrong format of reference map|out-of-order row|not in genetic map|parsing map file/,
    'a map that cannot be used',
  ],
  [/not enough target variants|no target variants/, 'a stretch without markers'],
  [/Unable to open file|could not stat/, 'a file that is missing or cut off'],
] as const
const EAGLE = { name: 'Eagle', memory: MEMORY, refusals: REFUSALS }
const MINIMAC4 = { name: 'Minimac4', memory: MEMORY, refusals: REFUSALS }
const BCFTOOLS = { name: 'bcftools', memory: MEMORY, refusals: REFUSALS }
