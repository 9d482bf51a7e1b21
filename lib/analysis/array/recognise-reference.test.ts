import { expect, test } from 'vitest'
import { CHROMOSOME_LABELS, CHROMOSOME_LENGTHS } from '#lib/genotype/chromosomes.ts'
import type { Build } from '#lib/genotype/verdict.ts'
import { recogniseReference } from './recognise-reference.ts'
import type { Contig } from './reference.ts'

const contig = (name: string, length: number): Contig => ({
  name,
  length,
  offset: 0,
  lineBases: 60,
  lineBytes: 61,
})

const genome = (build: Build, nameOf = (label: string) => label): Contig[] =>
  [...Array.from({ length: 24 }, (_, n) => n + 1), 26].map((code) =>
    contig(nameOf(CHROMOSOME_LABELS[code]!), CHROMOSOME_LENGTHS[build][code]!),
  )

test.each([36, 37, 38] as const)('build %i is known by its lengths, under either way of naming', (build) => {
  for (const nameOf of [
    (label: string) => label,
    (label: string) => `chr${label}`,
    (label: string) => `chr${label.replace('MT', 'M')}`,
  ]) {
    const contigs = genome(build, nameOf)
    const reference = recogniseReference([
      ...contigs,
      contig('chrUn_KI270302v1', 2274),
      contig('hs37d5', 35_477_943),
    ])
    expect(reference?.build).toBe(build)
    expect(reference?.contigOf[1]?.name).toBe(nameOf('1'))
    expect(reference?.contigOf[26]?.name).toBe(nameOf('MT'))
    expect(reference?.contigOf[25]).toBe(reference?.contigOf[23])
  }
})

test('the mitochondrion of hg19 is not the one of GRCh37', () => {
  const contigs = genome(37, (label) => `chr${label}`).filter(({ name }) => name !== 'chrMT')
  const hg19 = [contig('chrM', 16_571), ...contigs]
  expect(recogniseReference(hg19)).toMatchObject({ build: 37 })
  expect(recogniseReference(hg19)?.contigOf[26]).toBeUndefined()
  const both = recogniseReference([...hg19, contig('chrMT', 16_569)])
  expect(both?.contigOf[26]?.name).toBe('chrMT')
})

test('one chromosome of another length, and no build is believed', () => {
  const mixed = genome(37).map((one) => (one.name === '8' ? { ...one, length: one.length - 1 } : one))
  expect(recogniseReference(mixed)).toBeUndefined()
  expect(recogniseReference([contig('X', CHROMOSOME_LENGTHS[37][23]!)])).toBeUndefined()
  expect(recogniseReference([])).toBeUndefined()
})
