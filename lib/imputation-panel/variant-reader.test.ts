import { describe, expect, test } from 'vitest'
import { VariantSplitter } from './split-variant.ts'
import { ONE_COPY, VariantReader } from './variant-reader.ts'

const reader = (chromosome = 20, samples = 3) => new VariantReader({ chromosome, build: 37, samples })
const line = (
  genotypes: string[],
  { chromosome = '20', position = 1_000 as number | string, alt = 'G', format = 'GT', id = '.' } = {},
) =>
  Buffer.from(`${chromosome}\t${position}\t${id}\tA\t${alt}\t.\tPASS\t.\t${format}\t${genotypes.join('\t')}`)
const PHASED = ['0|1', '1|1', '0|0']

describe('a record of a panel', () => {
  test('is read with or without chr, with more fields than the genotype, and with one copy on X', () => {
    expect([...reader().read(line(PHASED)).alleles]).toEqual([0, 1, 1, 1, 0, 0])
    const more = line(['0|1:0.5', '1|1:.', '0|0'], { chromosome: 'chr20', format: 'GT:DS' })
    expect([...reader().read(more).alleles]).toEqual([0, 1, 1, 1, 0, 0])
    expect([...reader(23).read(line(['0', '1', '0|1'], { chromosome: 'X' })).alleles]).toEqual([
      0,
      ONE_COPY,
      1,
      ONE_COPY,
      0,
      1,
    ])
  })

  test.each([
    ['a missing genotype', line(['0|1', '.|.', '0|0']), /1000: a genotype is missing/],
    ['half a genotype', line(['0|1', '0|.', '0|0']), /1000: a genotype is missing/],
    ['an unphased genotype', line(['0|1', '0/1', '0|0']), /1000: a genotype is not phased/],
    ['one copy of an autosome', line(['0|1', '0', '0|0']), /one copy of an autosome/],
    ['fewer genotypes than people', line(['0|1', '0|1']), /has no genotype/],
    ['more genotypes than people', line([...PHASED, '0|0']), /more genotypes than people/],
    ['an allele that is not in ALT', line(['0|2', '1|1', '0|0']), /not in ALT/],
    ['no genotypes', line(PHASED, { format: 'DS' }), /no genotypes/],
    ['another chromosome', line(PHASED, { chromosome: '21' }), /more than chromosome 20/],
    ['a position beyond the chromosome', line(PHASED, { position: 63_025_521 }), /ends at 63025520/],
    [
      'a variant where another build has it',
      line(PHASED, { position: 27_638_706, id: 'rs964481' }),
      /on build 38/,
    ],
    ['a line that breaks off', Buffer.from('20\t1000\t.\tA\tG'), /^after position 0: .*fewer columns/],
    ['an empty line', Buffer.from(''), /^after position 0: a line is empty/],
    ...['0x3e8', ' 1000', '1e3', '-5', '0', '01000', ''].map((position): [string, Buffer, RegExp] => [
      `the position ${JSON.stringify(position)}`,
      line(PHASED, { position }),
      /a position is no number/,
    ]),
  ])('is refused for %s, by its place', (_fault, faulty, words) => {
    expect(() => reader().read(faulty)).toThrow(words)
  })

  test('is refused when it goes back, not when it repeats a position', () => {
    const file = reader()
    file.read(line(PHASED, { position: 2_000 }))
    file.read(line(PHASED, { position: 2_000, alt: 'T' }))
    expect(() => file.read(line(PHASED, { position: 1_999 }))).toThrow(/1999: it stands after 2000/)
  })
})

describe('sites of a record', () => {
  const split = (genotypes: string[], alt: string, minAlleleCount = 1) => {
    const splitter = new VariantSplitter(minAlleleCount)
    const sites = [...splitter.split(reader().read(line(genotypes, { alt })))]
    return {
      counts: splitter.counts,
      sites: sites.map((site) => ({ ...site, genotypes: site.genotypes.toString() })),
    }
  }

  test('of several ALTs become one each, the others of which count as REF', () => {
    const { sites, counts } = split(['0|1', '2|1', '0|2'], 'G,T')
    expect(sites).toMatchObject([
      { alternate: 'G', genotypes: '0|1\t0|1\t0|0', frequency: 2 / 6 },
      { alternate: 'T', genotypes: '0|0\t1|0\t0|1', frequency: 2 / 6 },
    ])
    expect(counts).toMatchObject({ kept: 2, split: 1 })
  })

  test('that are rare, without letters or there before are left out and counted', () => {
    expect(split(['0|1', '0|0', '0|0'], 'G', 2).counts).toMatchObject({ kept: 0, rare: 1 })
    expect(split(['0|1', '2|0', '0|0'], '<DEL>,*').counts).toMatchObject({ kept: 0, symbolic: 2 })
    expect(split(['0|1', '2|0', '0|0'], 'G,G').counts).toMatchObject({ kept: 1, duplicate: 1 })
  })

  test('whose ALT is their REF are no record', () => {
    expect(() => split(PHASED, 'A')).toThrow('at position 1000: REF and ALT are the same')
  })

  test('keep an insertion', () => {
    expect(split(PHASED, 'AT').sites).toMatchObject([{ alternate: 'AT', genotypes: '0|1\t1|1\t0|0' }])
  })
})
