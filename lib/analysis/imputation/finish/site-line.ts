import { FIXED_COLUMNS, type LineForm, ONLY_COLUMN, type SampleColumn } from '../engine/engine.ts'

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
  /** How sure the call is: the highest of its probabilities. */
  sureness: number
}

/**
 * The FORMATs that an engine writes. Minimac4 adds HDS to what it is asked for, and has another order in the first record of
 * a file.
 */
const FORMATS: Record<LineForm, readonly string[]> = {
  beagle: ['GT:DS:GP'],
  minimac4: [
    ...['GT:GP:DS:HDS', 'GT:GP:HDS:DS', 'GT:DS:GP:HDS'],
    ...['GT:DS:HDS:GP', 'GT:HDS:GP:DS', 'GT:HDS:DS:GP'],
  ],
}

interface Places {
  dosage: number
  probabilities: number
}

/** Where the fields of a person stand, by FORMAT. */
const PLACES = new Map(
  Object.entries(FORMATS).flatMap(([form, formats]) =>
    formats.map((format): [string, Places] => {
      const names = format.split(':')
      return [`${form} ${format}`, { dosage: names.indexOf('DS'), probabilities: names.indexOf('GP') }]
    }),
  ),
)

/** What is known of a genotype by its text alone. */
interface Genotype extends Pick<EngineLine, 'genotype' | 'dosage' | 'probabilities'> {
  sureness: number
}

/** Different genotypes that are remembered; a file has some thousands. */
const REMEMBERED_MAX = 20_000

/** Reads the lines of one file. Most genotypes are alike, so each is taken apart once. */
export class EngineLineReader {
  private readonly form: LineForm
  private readonly column: SampleColumn
  private readonly known = new Map<string, Genotype>()
  private format = ''

  constructor(form: LineForm, column: SampleColumn = ONLY_COLUMN) {
    this.form = form
    this.column = column
  }

  /** Throws when a line is not as the engine writes it: GT, DS and GP of so many people. */
  read(line: string): EngineLine {
    const columns = line.split('\t')
    const [, position, id, reference, alternate, , , info, format] = columns as [
      ...[string, string, string, string, string],
      ...[string, string, string, string],
    ]
    if (columns.length !== FIXED_COLUMNS + this.column.of) throw wrongForm()
    if (format !== this.format) this.known.clear()
    this.format = format
    const sample = columns[FIXED_COLUMNS + this.column.at]!
    let known = this.known.get(sample)
    if (!known) {
      known = this.takeApart(sample)
      if (this.known.size === REMEMBERED_MAX) this.known.clear()
      this.known.set(sample, known)
    }
    return {
      position: Number(position),
      id,
      reference,
      alternate,
      // Minimac4 marks every site as imputed, those that were typed as typed besides.
      imputed: this.form === 'beagle' ? hasFlag(info, 'IMP') : !hasFlag(info, 'TYPED'),
      ...known,
    }
  }

  private takeApart(sample: string): Genotype {
    const places = PLACES.get(`${this.form} ${this.format}`)
    if (!places) throw wrongForm()
    const fields = sample.split(':')
    // Beagle has no probabilities of a single copy, and a VCF may leave out fields at the end.
    const [genotype = '', dosage = '', probabilities = '.'] = [
      fields[0],
      fields[places.dosage],
      fields[places.probabilities],
    ]
    if (
      !/^[01](?:\|[01])?$/.test(genotype) ||
      !/^[\d.Ee-]+$/.test(dosage) ||
      (genotype.length > 1 && !/^[\d.Ee,-]{5,}$/.test(probabilities))
    ) {
      throw new Error('An engine wrote a genotype of another form')
    }
    return { genotype, dosage, probabilities, sureness: surenessOf({ genotype, dosage, probabilities }) }
  }
}

const wrongForm = () => new Error('An engine wrote a line of another form')

/** Whether a flag is one of those between semicolons. */
function hasFlag(info: string, flag: string): boolean {
  const at = info.indexOf(flag)
  if (at < 0) return false
  const end = at + flag.length
  if ((at === 0 || info[at - 1] === ';') && (end === info.length || info[end] === ';')) return true
  return info.split(';').includes(flag)
}

/** The line of a genotype that is known, in place of what an engine makes of it. */
export function certainLine(line: EngineLine, genotype: string): EngineLine {
  const dosage = genotype.split(/[|/]/).filter((allele) => allele === '1').length
  const probabilities = [0, 1, 2].map((count) => (count === dosage ? 1 : 0)).join(',')
  return { ...line, genotype, dosage: String(dosage), probabilities, sureness: 1 }
}

/** The line of a marker that was filled, as if it had been none: by the dosages of both copies. */
export function leftOutLine(line: EngineLine, [one, other]: readonly [number, number]): EngineLine {
  const phased = [one, other].map((dosage) => (dosage > 0.5 ? '1' : '0'))
  const shares = [(1 - one) * (1 - other), one + other - 2 * one * other, one * other].map(thousandths)
  return {
    ...line,
    imputed: true,
    genotype: phased.join('|'),
    dosage: String(thousandths(one + other)),
    probabilities: shares.join(','),
    sureness: Math.max(...shares),
  }
}

const thousandths = (number: number): number => Math.round(number * 1_000) / 1_000

function surenessOf({ genotype, dosage, probabilities }: Omit<Genotype, 'sureness'>): number {
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
