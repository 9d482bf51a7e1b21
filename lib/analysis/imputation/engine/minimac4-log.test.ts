import { describe, expect, test } from 'vitest'
import type { LeashedEnd } from '#lib/platform/leash/run-leashed.ts'
import { judgeEagle, judgeMinimac4 } from './minimac4-log.ts'

const ENDED: LeashedEnd = { how: 'exit', code: 0, cpuSeconds: 1, peakMegabytes: 50 }

const eagleWith = ({ markers = '654', last = 'Total elapsed time for analysis = 0.21 sec' } = {}) => `
Reference samples: Nref = 80
Target samples: Ntarget = 1
SNPs to analyze: M = ${markers} SNPs in both target and reference

SNPs ignored: 0 SNPs in target but not reference
${last}

Mean phase confidence of each target individual:
ID	PHASE_CONFIDENCE
sample	0.99
`
const minimac4With = ({ sites = '1500', last = 'Total wall time (h:mm:ss): 0:00:00' } = {}) => `
Imputing 1:1-100000000 ...
Typed sites to imputed sites ratio: 0.2 (100/500)
Notice: skipping empty region in reference (1:100000001:200000000)
Imputing 1:200000001-249250621 ...
Typed sites to imputed sites ratio: 0.1 (150/${sites})
${last}
`

const failureOf = (judge: () => void) => {
  try {
    judge()
    return undefined
  } catch (error) {
    return error as Error & { kind: string }
  }
}
const eagle = (end: Partial<LeashedEnd>, printed: string) =>
  failureOf(() => judgeEagle({ ...ENDED, ...end }, printed, { markers: 654 }))
const minimac4 = (end: Partial<LeashedEnd>, printed: string) =>
  failureOf(() => judgeMinimac4({ ...ENDED, ...end }, printed, { sites: 2_000 }))

describe('Eagle and Minimac4', () => {
  test('have ended well when code, last word and counts of all stretches agree', () => {
    expect(eagle({}, eagleWith())).toBeUndefined()
    expect(minimac4({}, minimac4With())).toBeUndefined()
  })

  test('have not when markers or sites are missing, or what they print breaks off', () => {
    expect(eagle({}, eagleWith({ markers: '653' }))).toMatchObject({ kind: 'faulty' })
    expect(eagle({}, eagleWith({ last: '' }))).toMatchObject({ kind: 'faulty' })
    expect(eagle({}, '')).toMatchObject({ kind: 'faulty' })
    expect(minimac4({}, minimac4With({ sites: '1499' }))).toMatchObject({ kind: 'faulty' })
    expect(minimac4({}, minimac4With({ last: '' }))).toMatchObject({ kind: 'faulty' })
  })

  test.each([
    ["terminate called after throwing an instance of 'std::bad_alloc'", 134, 'memory', /memory/],
    ['write: No space left on device', 1, 'disk', /disk is full/],
    ['The command could not be started: ENOENT', 126, 'missing', /could not be started/],
    ['ERROR: Could not open /a/t.vcf.gz for reading: could not load index', 1, 'faulty', /its index/],
    ['ERROR: Chromosome 22 is not in genetic map', 1, 'faulty', /a map/],
    ['Error: not enough target variants are available to impute this chunk.', 1, 'faulty', /without markers/],
    ['Error: could not stat reference file', 1, 'faulty', /cut off/],
    ['something new at 22:259594', 1, 'faulty', /not known/],
  ])('that say %j have failed by their kind, and their words go no further', (printed, code, kind, words) => {
    for (const failure of [eagle({ code }, printed), minimac4({ code }, printed)]) {
      expect(failure).toMatchObject({ kind, message: expect.stringMatching(words) })
      expect(failure!.message).not.toMatch(/259594|\/a\/t/)
    }
  })

  test('that hung or took too long have stalled, whatever they print', () => {
    expect(eagle({ how: 'stalled', code: 143 }, eagleWith())).toMatchObject({ kind: 'stalled' })
    expect(minimac4({ how: 'timeout' }, minimac4With())).toMatchObject({ kind: 'stalled' })
  })
})
