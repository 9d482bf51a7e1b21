import type { LineForm } from '../engine/engine.ts'

/** One line of an engine's output, taken apart. */
export interface EngineLine {
  position: number
  id: string
  reference: string
  alternate: string
  imputed: boolean
  /** `0|1`, or `0` for a single copy. */
  genotype: string
  dosage: string
  /** As the engine wrote them; `.` for a single copy. */
  probabilities: string
}

/** Where the fields of a sample stand, by the FORMAT that an engine writes. */
const FORMS: Record<LineForm, { format: string; dosage: number; probabilities: number }> = {
  beagle: { format: 'GT:DS:GP', dosage: 1, probabilities: 2 },
  minimac4: { format: 'GT:GP:DS', dosage: 2, probabilities: 1 },
}

/** Throws when a line is not as an engine writes it: GT, DS and GP of one sample. */
export function readEngineLine(line: string, form: LineForm): EngineLine {
  const columns = line.split('\t')
  const [, position, id, reference, alternate, , , info, format, sample] = columns
  if (columns.length !== 10 || format !== FORMS[form].format)
    throw new Error('An engine wrote a line of another form')
  // Beagle has no probabilities of a single copy, and a VCF may leave out fields at the end.
  const fields = sample!.split(':')
  const [genotype, dosage, probabilities = '.'] = [
    fields[0],
    fields[FORMS[form].dosage],
    fields[FORMS[form].probabilities],
  ]
  if (
    !/^[01](?:\|[01])?$/.test(genotype!) ||
    !/^[\d.Ee-]+$/.test(dosage ?? '') ||
    (genotype!.length > 1 && !/^[\d.Ee,-]{5,}$/.test(probabilities))
  ) {
    throw new Error('An engine wrote a genotype of another form')
  }
  return {
    position: Number(position),
    id: id!,
    reference: reference!,
    alternate: alternate!,
    // Minimac4 marks every site as imputed, those that were typed as typed besides.
    imputed: form === 'beagle' ? /(?:^|;)IMP(?:;|$)/.test(info!) : !/(?:^|;)TYPED(?:;|$)/.test(info!),
    genotype: genotype!,
    dosage: dosage!,
    probabilities,
  }
}

/** The line of a genotype that is known, in place of what an engine makes of it. */
export function certainLine(line: EngineLine, genotype: string): EngineLine {
  const dosage = genotype.split(/[|/]/).filter((allele) => allele === '1').length
  const probabilities = [0, 1, 2].map((count) => (count === dosage ? 1 : 0)).join(',')
  return { ...line, genotype, dosage: String(dosage), probabilities }
}

/** How sure a call is: the highest of its probabilities. */
export function surenessOf({ genotype, dosage, probabilities }: EngineLine): number {
  if (genotype.length === 1) return Math.max(Number(dosage), 1 - Number(dosage))
  return Math.max(...probabilities.split(',').map(Number))
}

/** GP of a single copy: two of them, made of its dosage, since the engine has none. */
export function writeProbabilities({ genotype, dosage, probabilities }: EngineLine): string {
  if (genotype.length > 1) return probabilities
  const alternate = Number(dosage)
  return `${rounded(1 - alternate)},${rounded(alternate)}`
}

const rounded = (share: number): string => String(Math.round(share * 100) / 100)
