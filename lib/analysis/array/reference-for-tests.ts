import { closeSync, ftruncateSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { CHROMOSOME_LENGTHS } from '#lib/genotype/chromosomes.ts'
import type { Build } from '#lib/genotype/verdict.ts'

const LINE_BASES = 60

interface ReferencePlan {
  build: Build
  /** Names of the contigs, in the file's order, by chromosome code. */
  contigs: readonly (readonly [name: string, code: number])[]
  /** Places whose bases are written; everything else is a hole in the file. */
  places: Iterable<{ code: number; position: number }>
}

/** The base that the made-up reference has at a place. Every seventh is soft-masked, some are not known. */
export function madeUpBase(code: number, position: number): string {
  const mixed = (Math.imul(position, 2_654_435_761) ^ Math.imul(code, 40_503)) >>> 0
  if (mixed % 211 === 0) return 'N'
  const base = 'ACGT'.charAt((mixed >>> 9) % 4)
  return mixed % 7 === 0 ? base.toLowerCase() : base
}

/** A FASTA file with chromosomes of real length that takes hardly any room, and its index. */
export async function writeReference(
  fasta: string,
  { build, contigs, places }: ReferencePlan,
): Promise<void> {
  const starts = new Map<number, number>()
  const index: string[] = []
  let end = 0
  const file = openSync(fasta, 'w')
  try {
    for (const [name, code] of contigs) {
      const title = `>${name}\n`
      writeSync(file, title, end)
      const start = end + title.length
      const length = CHROMOSOME_LENGTHS[build][code] ?? 0
      starts.set(code, start)
      index.push(`${name}\t${length}\t${start}\t${LINE_BASES}\t${LINE_BASES + 1}\n`)
      end = start + length + Math.ceil(length / LINE_BASES)
    }
    ftruncateSync(file, end)
    for (const { code, position } of places) {
      const start = starts.get(code === 25 ? 23 : code)
      if (start === undefined) continue
      const offset = start + position - 1 + Math.floor((position - 1) / LINE_BASES)
      writeSync(file, madeUpBase(code === 25 ? 23 : code, position), offset)
    }
  } finally {
    closeSync(file)
  }
  writeFileSync(`${fasta}.fai`, index.join(''))
}
