import type { LeashedEnd } from '#lib/platform/leash/run-leashed.ts'
import { EngineFailure } from './engine.ts'
import { judgeEnd, type ProgramWords } from './judge-end.ts'

/** What Beagle's log must say. */
interface Expected {
  sites: number
  markers: number
}

/**
 * Judge how Beagle ended, by exit code, what it printed and its log. It may exit with 0 and have left out markers, so all
 * three must agree. The message of a failure holds none of its words: they may quote positions and alleles.
 */
export function judgeBeagle(
  end: LeashedEnd,
  { printed, log }: { printed: string; log: string },
  expected: Expected,
) {
  judgeEnd(BEAGLE, end, `${printed}\n${log}`)
  if (!/\bfinished\s*$/.test(log)) throw new EngineFailure('faulty', 'Beagle’s log does not end as it should')
  const [sites, markers] = [lastCount(log, 'Reference markers'), lastCount(log, 'Study     markers')]
  if (sites !== expected.sites || markers !== expected.markers) {
    throw new EngineFailure(
      'faulty',
      `Beagle saw ${sites} sites and ${markers} markers instead of ${expected.sites} and ${expected.markers}`,
    )
  }
}

/** The count of the whole run: it stands after those of each window. */
function lastCount(log: string, label: string): number | undefined {
  const found = [...log.matchAll(new RegExp(`^${label}:\\s+([\\d,]+)\\s*$`, 'gm'))].at(-1)
  return found && Number(found[1]!.replaceAll(',', ''))
}

const BEAGLE = {
  name: 'Beagle',
  needs: 'Java or Beagle',
  memory: /OutOfMemoryError|insufficient memory for the Java|could not reserve enough space/i,
  missing: /Unable to access jarfile/,
  refusals: [
    [/REF field is not a sequence/, 'a letter that is no base'],
    [/inconsistent number of alleles/, 'mixed ploidy'],
    [/Window has only one position/, 'a window with one marker'],
    [/missing genetic map/, 'a map without the chromosome'],
    [/contains no reference markers/, 'no marker of the panel'],
    [/missing VCF data lines/, 'no markers'],
    [/EOFException|Error reading file/, 'a panel that is cut off'],
    [/unphased or missing genotype/, 'a panel with missing genotypes'],
  ],
} satisfies ProgramWords
