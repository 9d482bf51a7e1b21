import { CHROMOSOME_CODES } from '#lib/genotype/chromosomes.ts'
import type { GenotypeTable } from './genotype-table.ts'

/** Rank of every chromosome code when rows stay in PLINK's order. */
export const PLINK_RANKS: readonly number[] = Array.from({ length: CHROMOSOME_CODES }, (_, code) => code)

/**
 * Numbers of the rows, sorted by the rank of their chromosome and then by position; rows that tie keep the file's
 * order. Chromosomes of one rank are mixed by position, those of rank 0 left out.
 */
export function orderRows(table: GenotypeTable, ranks: readonly number[]): Uint32Array {
  const starts = startsOfRanks(table, ranks)
  const order = new Uint32Array(starts.at(-1)!)
  const next = starts.slice()
  for (let row = 0; row < table.rows; row++) {
    const rank = ranks[table.chromosome[row]!]!
    if (rank > 0) order[next[rank]!++] = row
  }
  for (let rank = 1; rank + 1 < starts.length; rank++) {
    sortByPosition(order.subarray(starts[rank], starts[rank + 1]), table.position)
  }
  return order
}

/** Where the rows of each rank begin; one more at the end, where they stop. */
function startsOfRanks({ rows, chromosome }: GenotypeTable, ranks: readonly number[]): number[] {
  const starts = new Array<number>(Math.max(...ranks) + 2).fill(0)
  for (let row = 0; row < rows; row++) {
    const rank = ranks[chromosome[row]!]!
    if (rank > 0) starts[rank + 1]!++
  }
  for (let rank = 1; rank < starts.length; rank++) starts[rank]! += starts[rank - 1]!
  return starts
}

function sortByPosition(rows: Uint32Array, position: Int32Array): void {
  // Vendors write positions in order; a sort is for the rare stray row.
  const sorted = rows.every((row, n) => n === 0 || position[rows[n - 1]!]! <= position[row]!)
  if (!sorted) rows.sort((a, b) => position[a]! - position[b]! || a - b)
}
