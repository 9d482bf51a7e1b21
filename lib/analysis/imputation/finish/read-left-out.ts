import { FIXED_COLUMNS, type SampleColumn } from '../engine/engine.ts'
import { packedLines } from './read-lines.ts'

/**
 * Of some markers, by position, REF and ALT, what each copy of a person would be if the marker were none: Minimac4's
 * leave-one-out dosages. Throws for lines of another form.
 */
export async function readLeftOut(
  file: string,
  { at, of }: SampleColumn,
  wanted: ReadonlySet<string>,
): Promise<Map<string, [number, number]>> {
  const found = new Map<string, [number, number]>()
  for await (const lines of packedLines(file)) {
    for (const line of lines) {
      if (line.startsWith('#') || line === '') continue
      const columns = line.split('\t')
      const [, position, , reference, alternate, , , , format] = columns
      const key = `${position} ${reference} ${alternate}`
      if (!wanted.has(key)) continue
      const dosages = columns[FIXED_COLUMNS + at]?.split(':')[1]?.split(',').map(Number) ?? []
      const areShares = dosages.every((dosage) => dosage >= 0 && dosage <= 1)
      if (columns.length !== FIXED_COLUMNS + of || format !== 'GT:LDS' || dosages.length !== 2 || !areShares)
        throw new Error('An engine wrote a left-out marker of another form')
      found.set(key, [dosages[0]!, dosages[1]!])
    }
  }
  return found
}
