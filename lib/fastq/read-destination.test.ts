import fc from 'fast-check'
import { expect, test } from 'vitest'
import { destinationOf } from './map/destination.ts'
import { refuseClientId } from './map/refuse-client-id.ts'
import { readDestination } from './read-destination.ts'

test.each([
  ['gncv://a/s1_R1.fastq.gz', 's1', 'R1', 'gncv://a/s1_R*.fastq.gz'],
  ['gncv://s1_R2.fq.bgz', 's1', 'R2', 'gncv://s1_R*.fq.bgz'],
  [
    'gncv://a b/c/Sample-7_S1_L001_R1_001.fastq.gz',
    'Sample-7',
    'R1',
    'gncv://a b/c/Sample-7_S1_L001_R*_001.fastq.gz',
  ],
  ['gncv://a/s1_R1_R2.fastq.gz', 's1', 'R2', 'gncv://a/s1_R1_R*.fastq.gz'],
  ['gncv://a/Jürgen 2_R1.fq.gz', 'Jürgen 2', 'R1', 'gncv://a/Jürgen 2_R*.fq.gz'],
])('%s is for %s, %s', (path, clientId, rNotation, pairPath) => {
  expect(readDestination(path)).toEqual({ clientId, rNotation, pairPath })
})

test.each([
  ['s3://a/s1_R1.fastq.gz', 'gncv://'],
  ['gncv://a/s1_R3.fastq.gz', 'must be like'],
  ['gncv://a/s1_r1.fastq.gz', 'must be like'],
  ['gncv://a/s1.fastq.gz', 'must be like'],
  ['gncv://a/s1_R1.fastq', 'must be like'],
  ['gncv://a/s1_R1.bam', 'must be like'],
  ['gncv://a/s1_R1.fastq.gz/', 'must be like'],
  ['gncv://a/_R1.fastq.gz', 'empty'],
  ['gncv://a/ s1_R1.fastq.gz', 'Blanks'],
  ['gncv://a/.._R1.fastq.gz', 'dots'],
  ['gncv://a\n/s1_R1.fastq.gz', 'cannot be shown'],
  [`gncv://${'a'.repeat(1_024)}/s1_R1.fastq.gz`, 'no more than'],
  [`gncv://a/${'a'.repeat(251)}_R1.fastq.gz`, ''],
])('%j is refused', (path, words) => {
  expect(readDestination(path)).toEqual({ refusal: expect.stringContaining(words) })
})

test('whatever client id the rules let through is read back from its destination, and both halves make one pair', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), (clientId) => {
      fc.pre(refuseClientId(clientId) === undefined)
      const [one, two] = (['R1', 'R2'] as const).map((r) =>
        readDestination(destinationOf('gncv://x/', clientId, r)),
      )
      expect(one).toMatchObject({ clientId, rNotation: 'R1' })
      expect(two).toEqual({ ...one, rNotation: 'R2' })
    }),
  )
})
