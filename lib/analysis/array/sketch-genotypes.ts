import { createCipheriv } from 'node:crypto'
import { AUTOSOMES } from '#lib/genotype/chromosomes.ts'
import type { GenotypeTable } from './genotype-table.ts'

/** Positions of a full sketch. Two chips that share a fifth of their positions have some 200 of them in common. */
export const SKETCH_POSITIONS = 1_024
const BLOCK_BYTES = 16

/**
 * What is kept of a person's genotypes to find the same person in another export: of the called autosomal SNPs, those whose
 * positions have the smallest keyed numbers (a bottom-k sketch: Cohen and Kaplan 2007), so that any two chips keep much the
 * same ones; for each, 31 bits of that number and one bit that says whether it is heterozygous. That bit is the same on
 * either strand. Four bytes a position, big-endian, in ascending order. Without the key nobody can tell which positions
 * they are.
 * @param key 32 bytes. Sketches can be compared only when they were made with the same one.
 */
export function sketchGenotypes(table: GenotypeTable, key: Uint8Array): Uint8Array {
  const rows = calledAutosomalSnps(table)
  const numbers = numberPositions(table, rows, key)
  const order = Uint32Array.from(rows.keys()).sort((one, other) => numbers[one]! - numbers[other]!)
  const sketch = new DataView(new ArrayBuffer(SKETCH_POSITIONS * 4))
  let kept = 0
  let last = -1
  for (const at of order) {
    if (kept === SKETCH_POSITIONS) break
    const number = numbers[at]!
    // Exports name some positions twice.
    if (number === last) continue
    last = number
    const row = rows[at]!
    const isHeterozygous = table.allele1[row] !== table.allele2[row]
    sketch.setUint32(kept++ * 4, number * 2 + Number(isHeterozygous))
  }
  return new Uint8Array(sketch.buffer, 0, kept * 4)
}

const LETTERS = new Set([...'ACGT'].map((letter) => letter.charCodeAt(0)))

function calledAutosomalSnps({ rows, chromosome, allele1, allele2 }: GenotypeTable): Uint32Array {
  const found = new Uint32Array(rows)
  let count = 0
  for (let row = 0; row < rows; row++) {
    const code = chromosome[row]!
    if (code >= 1 && code <= AUTOSOMES && LETTERS.has(allele1[row]!) && LETTERS.has(allele2[row]!))
      found[count++] = row
  }
  return found.subarray(0, count)
}

/** 31 bits for each row's chromosome and position, which only the key leads to: AES of one block each, all in one go. */
function numberPositions(table: GenotypeTable, rows: Uint32Array, key: Uint8Array): Uint32Array {
  const blocks = Buffer.alloc(rows.length * BLOCK_BYTES)
  for (const [n, row] of rows.entries()) {
    blocks[n * BLOCK_BYTES] = table.chromosome[row]!
    blocks.writeInt32BE(table.position[row]!, n * BLOCK_BYTES + 4)
  }
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false)
  const scrambled = cipher.update(blocks)
  return Uint32Array.from(rows, (_, n) => scrambled.readUInt32BE(n * BLOCK_BYTES) >>> 1)
}
