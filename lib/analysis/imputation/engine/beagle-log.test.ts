import { describe, expect, test } from 'vitest'
import type { LeashedEnd } from '#lib/platform/leash/run-leashed.ts'
import { judgeBeagle } from './beagle-log.ts'

const ENDED: LeashedEnd = { how: 'exit', code: 0, cpuSeconds: 3, peakMegabytes: 200 }
const EXPECTED = { sites: 4_911, markers: 500 }

/** A log of two windows, as Beagle 5.4 writes it. */
const logWith = ({ sites = '4,911', markers = '500', last = 'beagle.22Jul22.46e.jar finished' } = {}) => `
Reference samples:                   60
Study     samples:                    1

Window 1 [22:1-1000]
Reference markers:                2,000
Study     markers:                  200

Window 2 [22:900-2000]
Reference markers:                3,011
Study     markers:                  310

Cumulative Statistics:

Reference markers:                ${sites}
Study     markers:                  ${markers}

Total time:                    8 seconds

End time: 12:07 AM UTC on 29 Nov 2026
${last}
`

const failureOf = (end: Partial<LeashedEnd>, { printed = '', log = logWith() } = {}) => {
  try {
    judgeBeagle({ ...ENDED, ...end }, { printed, log }, EXPECTED)
    return undefined
  } catch (error) {
    return error as Error & { kind: string }
  }
}

describe('Beagle', () => {
  test('has ended well when code, last word and counts of the whole run agree', () => {
    expect(failureOf({})).toBeUndefined()
  })

  test('has not when it left out markers without a word, or its log breaks off', () => {
    expect(failureOf({}, { log: logWith({ markers: '497' }) })).toMatchObject({ kind: 'faulty' })
    expect(failureOf({}, { log: logWith({ sites: '4,910' }) })).toMatchObject({ kind: 'faulty' })
    expect(failureOf({}, { log: logWith({ last: '' }) })).toMatchObject({ kind: 'faulty' })
    expect(failureOf({}, { log: '' })).toMatchObject({ kind: 'faulty' })
  })

  test.each([
    ['Exception in thread "main" java.lang.OutOfMemoryError: Java heap space', 1, 'memory', /memory/],
    ['java.io.IOException: No space left on device', 1, 'disk', /disk is full/],
    ['Error: Unable to access jarfile /nowhere/beagle.jar', 1, 'missing', /could not be started/],
    ['The command could not be started: ENOENT', 126, 'missing', /could not be started/],
    [
      'ERROR: REF field is not a sequence of A, C, T, G, or N characters at 22:259594 [D]',
      1,
      'faulty',
      /no base/,
    ],
    ['Sample T0 has an inconsistent number of alleles. The first genotype is haploid', 1, 'faulty', /ploidy/],
    ['Window has only one position: CHROM=22 POS=556', 1, 'faulty', /one marker/],
    ['java.lang.IllegalArgumentException: missing genetic map for chromosome 22', 1, 'faulty', /a map/],
    ['ERROR: missing VCF data lines (i0.vcf)', 1, 'faulty', /no markers/],
    ['Error reading file\njava.io.EOFException', 1, 'faulty', /cut off/],
    ['something new', 1, 'faulty', /not known/],
  ])('that says %j is a failure of its kind, and its words go no further', (printed, code, kind, words) => {
    const failure = failureOf({ code }, { printed, log: '' })
    expect(failure).toMatchObject({ kind, message: expect.stringMatching(words) })
    expect(failure!.message).not.toMatch(/259594|556|T0|\/nowhere/)
  })

  test('that hung or took too long has stalled, whatever its log says', () => {
    expect(failureOf({ how: 'stalled', code: 143 })).toMatchObject({ kind: 'stalled' })
    expect(failureOf({ how: 'timeout' })).toMatchObject({ kind: 'stalled' })
  })
})
