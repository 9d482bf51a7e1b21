/** Ceilings of what is read of a stranger's FASTQ file, unpacked. */

/** One read with its name and qualities: four times the longest that nanopores made so far. */
export const READ_BYTES_MAX = 16_777_216
/** Bytes of one unpacked file: the largest accepted file, packed twenty to one. */
export const UNPACKED_BYTES_MAX = 4 * 1_024 ** 4
/** Qualities are counted for each of so many cycles; reads may be longer. */
export const CYCLES_MAX = 1_000
