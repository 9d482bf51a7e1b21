import { expect, test } from 'vitest'
import { certainLine, readEngineLine, surenessOf, writeProbabilities } from './site-line.ts'

const BEAGLE = '22\t500\trs1\tA\tG\t.\tPASS\tDR2=0.5;AF=0.2;IMP\tGT:DS:GP\t0|1:0.9:0.2,0.7,0.1'
const MINIMAC4 = '22\t500\trs1\tA\tG\t.\t.\tAF=0.45;AVG_CS=0.9;IMPUTED\tGT:GP:DS\t0|1:0.2,0.7,0.1:0.9'
const TYPED = MINIMAC4.replace('IMPUTED', 'ER2=1;TYPED;IMPUTED')

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
  expect(readEngineLine(TYPED, 'minimac4').imputed).toBe(false)
})

test('Small numbers are read in the exponent’s form', () => {
  const line = MINIMAC4.replace('0.2,0.7,0.1:0.9', '1,1e-05,0:1e-05')
  expect(readEngineLine(line, 'minimac4').dosage).toBe('1e-05')
})

test.each([
  ['1|0', '1', '0,1,0'],
  ['1|1', '2', '0,0,1'],
  ['0', '0', '1,0'],
  ['1', '1', '0,1'],
])('A genotype that is known, %s, has dosage %s and probabilities %s', (genotype, dosage, probabilities) => {
  const line = certainLine(readEngineLine(TYPED, 'minimac4'), genotype)
  expect(line).toMatchObject({ genotype, dosage })
  expect(writeProbabilities(line)).toBe(probabilities)
  expect(surenessOf(line)).toBe(1)
})
