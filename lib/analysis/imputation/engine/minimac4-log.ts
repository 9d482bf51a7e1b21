import type { LeashedEnd } from '#lib/platform/leash/run-leashed.ts'
import { EngineFailure } from './engine.ts'

/**
 * Judge how Eagle ended, by exit code and what it printed: it may exit with 0 and have left out markers. The message of a
 * failure holds none of its words: they may quote positions and alleles.
 */
export function judgeEagle(end: LeashedEnd, printed: string, { markers }: { markers: number }): void {
  judgeEnd('Eagle', end, printed)
  const [, phased] = /^SNPs to analyze: M = (\d+) SNPs/m.exec(printed) ?? []
  if (Number(phased) !== markers)
    throw new EngineFailure('faulty', `Eagle saw ${phased} markers instead of ${markers}`)
  if (!/^Total elapsed time for analysis = /m.test(printed))
    throw new EngineFailure('faulty', 'What Eagle prints does not end as it should')
}

/** The same for Minimac4, which works in stretches and states the sites of each. */
export function judgeMinimac4(end: LeashedEnd, printed: string, { sites }: { sites: number }): void {
  judgeEnd('Minimac4', end, printed)
  const stretches = [...printed.matchAll(/^Typed sites to imputed sites ratio: \S+ \(\d+\/(\d+)\)$/gm)]
  const seen = stretches.reduce((sum, [, own]) => sum + Number(own), 0)
  if (seen !== sites) throw new EngineFailure('faulty', `Minimac4 saw ${seen} sites instead of ${sites}`)
  if (!/^Total wall time .*\s*$/m.test(printed))
    throw new EngineFailure('faulty', 'What Minimac4 prints does not end as it should')
}

function judgeEnd(program: string, end: LeashedEnd, printed: string): void {
  if (end.how === 'timeout') throw new EngineFailure('stalled', `${program} took too long`)
  if (end.how === 'stalled') throw new EngineFailure('stalled', `${program} did nothing any more`)
  if (/std::bad_alloc|Cannot allocate memory|out of memory/i.test(printed))
    throw new EngineFailure('memory', `${program} ran out of memory`)
  if (/No space left on device/i.test(printed)) throw new EngineFailure('disk', 'The disk is full')
  if (end.code === 126 || end.code === 127)
    throw new EngineFailure('missing', `${program} could not be started`)
  if (end.code !== 0)
    throw new EngineFailure('faulty', `${program} ended with ${end.code}: ${kindOfRefusal(printed)}`)
}

/** Which of the refusals that are known it is. */
function kindOfRefusal(printed: string): string {
  const known: [RegExp, string][] = [
    [/could not load index|must be indexed|reference file index/, 'a file without its index'],
    [
      /Wrong format of reference map|out-of-order row|not in genetic map|parsing map file/,
      'a map that cannot be used',
    ],
    [/not enough target variants|no target variants/, 'a stretch without markers'],
    [/Unable to open file|could not stat/, 'a file that is missing or cut off'],
  ]
  return known.find(([pattern]) => pattern.test(printed))?.[1] ?? 'not known why'
}
