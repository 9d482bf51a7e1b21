import { closeSync, openSync, readSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const START_OF_FASTA = 0x3e

/** Path of a FASTA file that can be read at random: uncompressed, with the index that `samtools faidx` makes beside it. */
export const referenceFasta = z
  .string()
  .refine(path.isAbsolute, { error: 'is not an absolute path', abort: true })
  .refine((fasta) => firstByteOf(fasta) !== undefined, { error: 'cannot be read', abort: true })
  .refine((fasta) => firstByteOf(fasta) === START_OF_FASTA, {
    error: 'is not an uncompressed FASTA file',
    abort: true,
  })
  .refine((fasta) => firstByteOf(`${fasta}.fai`) !== undefined, 'has no index that can be read beside it')

/** Undefined for what is missing, empty, no file, or not ours to read. */
function firstByteOf(file: string): number | undefined {
  let descriptor: number | undefined
  try {
    descriptor = openSync(file, 'r')
    const first = new Uint8Array(1)
    return readSync(descriptor, first) === 1 ? first[0] : undefined
  } catch {
    return undefined
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
