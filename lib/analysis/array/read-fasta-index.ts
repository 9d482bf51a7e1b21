import { open } from 'node:fs/promises'
import type { Contig } from './reference.ts'

/** The largest index in use (GRCh38 with every patch and decoy) has about 200 KB. */
const INDEX_BYTES_MAX = 4_194_304
const LINE = /^([\x21-\x7e]{1,255})\t(\d{1,12})\t(\d{1,15})\t(\d{1,9})\t(\d{1,9})$/

/** Read the index beside a FASTA file. Rejects when it cannot be read, or is none. */
export async function readFastaIndex(fasta: string): Promise<Contig[]> {
  const text = await readText(`${fasta}.fai`)
  return text.split('\n').flatMap((line) => (line === '' ? [] : [parseLine(line)]))
}

async function readText(path: string): Promise<string> {
  const file = await open(path)
  try {
    if ((await file.stat()).size > INDEX_BYTES_MAX)
      throw new Error('The index of REFERENCE_FASTA is too large')
    return await file.readFile('latin1')
  } finally {
    await file.close()
  }
}

function parseLine(line: string): Contig {
  const [, name, ...numbers] = LINE.exec(line) ?? []
  const [length, offset, lineBases, lineBytes] = numbers.map(Number)
  if (name === undefined || !length || offset === undefined || !lineBases || !lineBytes) {
    throw new Error('The index of REFERENCE_FASTA is not as samtools faidx writes it')
  }
  return { name, length, offset, lineBases, lineBytes }
}
