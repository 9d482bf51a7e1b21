import { expect, test } from 'vitest'
import type { LineForm, SampleColumn } from '../engine/engine.ts'
import { certainLine, EngineLineReader, leftOutLine, writeProbabilities } from './site-line.ts'

const BEAGLE = '22\t500\trs1\tA\tG\t.\tPASS\tDR2=0.5;AF=0.2;IMP\tGT:DS:GP\t0|1:0.9:0.2,0.7,0.1'
const MINIMAC4 =
  '22\t500\trs1\tA\tG\t.\t.\tAF=0.45;AVG_CS=0.9;IMPUTED\tGT:HDS:GP:DS\t0|1:0.2,0.7:0.2,0.7,0.1:0.9'
const TYPED = MINIMAC4.replace('IMPUTED', 'ER2=1;TYPED;IMPUTED').replace(
  /GT:HDS.*/,
  'GT:GP:DS:HDS\t0|1:0.2,0.7,0.1:0.9:0.2,0.7',
)

const readEngineLine = (line: string, form: LineForm, column?: SampleColumn) =>
  new EngineLineReader(form, column).read(line)

test('Lines of either engine say the same, each in its own form', () => {
  expect(readEngineLine(MINIMAC4, 'minimac4')).toEqual(readEngineLine(BEAGLE, 'beagle'))
  expect(readEngineLine(BEAGLE, 'beagle')).toMatchObject({
    imputed: true,
    dosage: '0.9',
    probabilities: '0.2,0.7,0.1',
  })
  expect(() => readEngineLine(MINIMAC4, 'beagle')).toThrow(/another form/)
  expect(() => readEngineLine(BEAGLE, 'minimac4')).toThrow(/another form/)
})

test('Minimac4 marks typed sites as imputed besides; they count as typed', () => {
  expect(readEngineLine(TYPED, 'minimac4')).toEqual({
    ...readEngineLine(MINIMAC4, 'minimac4'),
    imputed: false,
  })
})

test('Small numbers are read in the exponent’s form', () => {
  const line = MINIMAC4.replace('0.2,0.7,0.1:0.9', '1,1e-05,0:1e-05')
  expect(readEngineLine(line, 'minimac4').dosage).toBe('1e-05')
})

test('Of several people the one at a column is read, and a file of fewer people is noticed', () => {
  const [fixed, sample] = [MINIMAC4.split('\t').slice(0, 9).join('\t'), MINIMAC4.split('\t')[9]]
  const line = `${fixed}\t0|0:0,0:1,0,0:0\t${sample}`
  expect(readEngineLine(line, 'minimac4', { at: 1, of: 2 })).toEqual(readEngineLine(MINIMAC4, 'minimac4'))
  expect(readEngineLine(line, 'minimac4', { at: 0, of: 2 }).genotype).toBe('0|0')
  expect(() => readEngineLine(line, 'minimac4')).toThrow(/another form/)
  expect(() => readEngineLine(MINIMAC4, 'minimac4', { at: 1, of: 2 })).toThrow(/another form/)
})

test.each<[dosages: [number, number], genotype: string, dosage: string, probabilities: string]>([
  [[0, 0], '0|0', '0', '1,0,0'],
  [[0.3, 0.9], '0|1', '1.2', '0.07,0.66,0.27'],
  [[0.5, 0.5], '0|0', '1', '0.25,0.5,0.25'],
])(
  'A marker that was filled is an estimate like any other: %j',
  (dosages, genotype, dosage, probabilities) => {
    const line = leftOutLine(readEngineLine(TYPED, 'minimac4'), dosages)
    expect(line).toMatchObject({ imputed: true, genotype, dosage, probabilities })
  },
)

test.each([
  ['1|0', '1', '0,1,0'],
  ['1|1', '2', '0,0,1'],
  ['0', '0', '1,0'],
  ['1', '1', '0,1'],
])('A genotype that is known, %s, has dosage %s and probabilities %s', (genotype, dosage, probabilities) => {
  const line = certainLine(readEngineLine(TYPED, 'minimac4'), genotype)
  expect(line).toMatchObject({ genotype, dosage })
  expect(writeProbabilities(line)).toBe(probabilities)
  expect(line.sureness).toBe(1)
})

test('Genotypes that come again are read as the first time, in another order of their fields too', () => {
  const reader = new EngineLineReader('minimac4')
  const plain = { imputed: true, genotype: '0|1', dosage: '0.9', probabilities: '0.2,0.7,0.1', sureness: 0.7 }
  for (const line of [MINIMAC4, MINIMAC4, TYPED, MINIMAC4])
    expect(reader.read(line)).toMatchObject({ ...plain, imputed: line !== TYPED })
  expect(reader.read(MINIMAC4.replace('IMPUTED', 'NOTTYPED;IMPUTED')).imputed).toBe(true)
  for (const info of ['TYPED', 'TYPED;IMPUTED', 'NOTTYPED;TYPED', 'AF=1;TYPED'])
    expect(reader.read(MINIMAC4.replace('AF=0.45;AVG_CS=0.9;IMPUTED', info)).imputed, info).toBe(false)
  expect(() => reader.read(MINIMAC4.replace('0|1:', '0/1:'))).toThrow(/genotype of another form/)
})
