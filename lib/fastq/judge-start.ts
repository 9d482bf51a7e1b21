import { constants, createGunzip } from 'node:zlib'
import { describeFault, type FastqFault } from './content/fastq-fault.ts'
import { FastqReader } from './content/fastq-reader.ts'
import type { RNotation } from './map/destination.ts'

/** Bytes of text that are looked at: hundreds of reads of any short-read machine. */
export const START_TEXT_BYTES_MAX = 131_072

const GZIP = [0x1f, 0x8b, 0x08]
const FASTA = 62

interface Start {
  /** There are no further bytes. */
  whole: boolean
  /** Which file of a pair it is to be. */
  rNotation: RNotation
}

/**
 * Why the first bytes of a file are not those of a gzip or BGZF file of FASTQ, by the rules of the run that reads all of
 * it and in words that show nothing of it; undefined when they are. Unpacks START_TEXT_BYTES_MAX bytes of text at most.
 */
export async function judgeStart(
  bytes: Uint8Array,
  { whole, rNotation }: Start,
): Promise<string | undefined> {
  if (bytes.length === 0) return EMPTY
  if (GZIP.some((byte, at) => bytes[at] !== byte)) return refuseOther(bytes)
  const { text, damaged, ended } = await inflate(bytes)
  // With a listener, names are looked at: files that are swapped say so.
  const reader = new FastqReader({ file: rNotation, noteName: () => {} })
  reader.push(text)
  if (ended && whole && !damaged) reader.end()
  if (reader.fault) return inWords(reader.fault, text)
  return damaged ? 'The file is damaged: it begins like gzip, but cannot be unpacked.' : undefined
}

const EMPTY = 'The file is empty.'

function inWords(fault: FastqFault, text: Uint8Array): string {
  if (fault.code === 'empty') return EMPTY
  if (text[0] === FASTA) return 'The file is FASTA, not FASTQ: it has no qualities.'
  return `The file is not FASTQ as it should be: ${describeFault(fault)}.`
}

function refuseOther(bytes: Uint8Array): string {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 256))
  if (text.startsWith('@')) return 'The file is not compressed: FASTQ files are taken as gzip or BGZF.'
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(text)) return 'The URL leads to a web page, not to a file.'
  return 'The file is not gzip or BGZF.'
}

interface Inflated {
  text: Uint8Array
  damaged: boolean
  /** It goes no further than this, as far as the bytes do. */
  ended: boolean
}

/**
 * The beginning of the text, of however many members. Stops as soon as it has enough, so that what inflates to a
 * thousand times its size costs no more. Bytes that end in the middle are no damage.
 */
async function inflate(bytes: Uint8Array): Promise<Inflated> {
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH })
  gunzip.end(bytes)
  const text = new Uint8Array(START_TEXT_BYTES_MAX)
  let filled = 0
  try {
    for await (const chunk of gunzip as AsyncIterable<Uint8Array>) {
      const part = chunk.subarray(0, text.length - filled)
      text.set(part, filled)
      filled += part.length
      if (filled === text.length) return { text, damaged: false, ended: false }
    }
    return { text: text.subarray(0, filled), damaged: false, ended: true }
  } catch {
    return { text: text.subarray(0, filled), damaged: true, ended: true }
  }
}
