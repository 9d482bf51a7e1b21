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

/** Throws when a line is not as an engine writes it: GT:DS:GP of one sample. */
export function readEngineLine(line: string): EngineLine {
  const columns = line.split('\t')
  const [, position, id, reference, alternate, , , info, format, sample] = columns
  if (columns.length !== 10 || format !== 'GT:DS:GP')
    throw new Error('An engine wrote a line of another form')
  // A single copy has no probabilities, and a VCF may leave out fields at the end.
  const [genotype, dosage, probabilities = '.'] = sample!.split(':')
  if (
    !/^[01](?:\|[01])?$/.test(genotype!) ||
    !/^[\d.E-]+$/.test(dosage ?? '') ||
    (genotype!.length > 1 && !/^[\d.E,-]{5,}$/.test(probabilities))
  ) {
    throw new Error('An engine wrote a genotype of another form')
  }
  return {
    position: Number(position),
    id: id!,
    reference: reference!,
    alternate: alternate!,
    imputed: /(?:^|;)IMP(?:;|$)/.test(info!),
    genotype: genotype!,
    dosage: dosage!,
    probabilities,
  }
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
