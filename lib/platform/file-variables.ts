import { accessSync, closeSync, constants, openSync, readSync, statSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const START_OF_FASTA = 0x3e

/** Path of a FASTA file with random access: uncompressed, next to the index that `samtools faidx` makes. */
export const referenceFasta = z
  .string()
  .refine(path.isAbsolute, { error: 'is not an absolute path', abort: true })
  .refine((fasta) => firstByteOf(fasta) !== undefined, { error: 'cannot be read', abort: true })
  .refine((fasta) => firstByteOf(fasta) === START_OF_FASTA, {
    error: 'is not an uncompressed FASTA file',
    abort: true,
  })
  .refine((fasta) => firstByteOf(`${fasta}.fai`) !== undefined, 'has no index that can be read beside it')

/** Undefined when the file is missing, empty, not a file, or not readable by us. */
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

/** Path of a program that this process may run: one file without arguments, so that nothing needs quoting. */
export const executableFile = z
  .string()
  .refine(path.isAbsolute, { error: 'is not an absolute path', abort: true })
  .refine(mayRun, 'is not a file that may be executed')

function mayRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
