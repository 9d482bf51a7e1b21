import { describe, expect, test } from 'vitest'
import { ALLELE_MISSING, ALLELE_NONE } from '#lib/genotype/rows/row-parser.ts'
import { callVariant } from './call-variant.ts'

const code = (letter: string): number =>
  letter === '-' ? ALLELE_MISSING : letter === '' ? ALLELE_NONE : letter.charCodeAt(0)

/** REF, the genotype's letters, whether haploid → kind, then ALT and GT; and whether the other strand explains it. */
describe('REF decides what a genotype is', () => {
  test.each([
    ['A', 'AA', false, 'homozygousReference', '. 0/0', false],
    ['A', 'AG', false, 'heterozygous', 'G 0/1', false],
    ['G', 'AG', false, 'heterozygous', 'A 0/1', false],
    ['A', 'TA', false, 'heterozygous', 'T 0/1', false],
    ['C', 'AA', false, 'homozygousAlternate', 'A 1/1', false],
    ['C', 'GG', false, 'homozygousAlternate', 'G 1/1', true],
    ['C', 'AG', false, 'mismatch', undefined, true],
    ['C', 'AT', false, 'mismatch', undefined, false],
    ['T', 'AG', false, 'mismatch', undefined, true],
    ['A', 'A', true, 'homozygousReference', '. 0', false],
    ['A', 'AA', true, 'homozygousReference', '. 0', false],
    ['A', 'C', true, 'homozygousAlternate', 'C 1', false],
    ['A', 'AC', true, 'heterozygous', 'C 0/1', false],
    ['A', '--', false, 'noCall', '. ./.', false],
    ['A', '--', true, 'noCall', '. .', false],
    ['A', 'DI', false, 'indel', undefined, false],
    ['A', 'D', true, 'indel', undefined, false],
    ['N', 'AA', false, 'unknownReference', undefined, false],
    ['M', '--', false, 'unknownReference', undefined, false],
  ] as const)('%s against %s, haploid %s: %s', (reference, letters, haploid, kind, shown, otherStrand) => {
    const call = callVariant(code(reference), code(letters.charAt(0)), code(letters.charAt(1)), haploid)
    const [ref, alternate, , , , , genotype] = call.columns?.trimEnd().split('\t') ?? []
    expect(call).toMatchObject({ kind, otherStrand })
    expect(call.columns && `${alternate} ${genotype}`).toBe(shown)
    if (call.columns) expect(ref).toBe(reference)
  })
})
