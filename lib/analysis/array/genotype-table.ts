import { putBytes } from './put-bytes.ts'

/** Most ids are shorter; memory that is never written to costs nothing. */
const ID_BYTES_EXPECTED = 12

/**
 * Every row of one export as columns: about 20 bytes a row, so a full one takes some 15 MB. Chromosomes are PLINK's
 * codes, alleles ASCII codes, as `OnRow` hands them over.
 */
export class GenotypeTable {
  rows = 0
  readonly chromosome: Uint8Array
  readonly position: Int32Array
  readonly allele1: Uint8Array
  readonly allele2: Uint8Array
  /** Ids of all rows, one behind the other. */
  ids: Uint8Array
  /** Where each row's id ends in `ids`; it starts where the one before ends. */
  readonly idEnd: Uint32Array
  #idBytes = 0

  constructor(rowsMax: number) {
    this.chromosome = new Uint8Array(rowsMax)
    this.position = new Int32Array(rowsMax)
    this.allele1 = new Uint8Array(rowsMax)
    this.allele2 = new Uint8Array(rowsMax)
    this.idEnd = new Uint32Array(rowsMax)
    this.ids = new Uint8Array(rowsMax * ID_BYTES_EXPECTED)
  }

  /** Copies what it is given. Throws beyond `rowsMax` rows. */
  add(
    chromosome: number,
    position: number,
    allele1: number,
    allele2: number,
    bytes: Uint8Array,
    idStart: number,
    idEnd: number,
  ): void {
    const row = this.rows++
    if (row >= this.chromosome.length) throw new Error('The file has more rows than its verification counted')
    this.chromosome[row] = chromosome
    this.position[row] = position
    this.allele1[row] = allele1
    this.allele2[row] = allele2
    if (this.#idBytes + idEnd - idStart > this.ids.length) this.#growIds(idEnd - idStart)
    this.#idBytes = putBytes(this.ids, this.#idBytes, bytes, idStart, idEnd)
    this.idEnd[row] = this.#idBytes
  }

  idStart(row: number): number {
    return row === 0 ? 0 : this.idEnd[row - 1]!
  }

  #growIds(atLeast: number): void {
    const larger = new Uint8Array(this.ids.length * 2 + atLeast)
    larger.set(this.ids)
    this.ids = larger
  }
}
