import { constants, createGunzip } from 'node:zlib'

/** Bytes of text that are looked at: the first record of any short-read machine many times over. */
export const START_TEXT_BYTES_MAX = 131_072

const GZIP = [0x1f, 0x8b, 0x08]
/** IUPAC's letters, a gap or an unknown base as a point. */
const BASES = /^[ACGTUNRYSWKMBDHVacgtunryswkmbdhv.-]+$/
const QUALITIES = /^[!-~]+$/
const DAMAGED = 'The file is damaged: it begins like gzip, but cannot be unpacked.'

/**
 * Why the first bytes of a file are not those of a gzip or BGZF file of FASTQ, in words that show none of them; undefined
 * when they are. `whole`: there are no further bytes. Reads START_TEXT_BYTES_MAX bytes of text at most.
 */
export async function judgeStart(
  bytes: Uint8Array,
  { whole }: { whole: boolean },
): Promise<string | undefined> {
  if (bytes.length === 0) return 'The file is empty.'
  if (GZIP.some((byte, at) => bytes[at] !== byte)) return refuseOther(bytes)
  const { text, damaged, ended } = await inflate(bytes)
  const refusal = refuseRecord(text, { last: ended && whole })
  return damaged && (text === '' || refusal === undefined) ? DAMAGED : refusal
}

function refuseOther(bytes: Uint8Array): string {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 256))
  if (text.startsWith('@')) return 'The file is not compressed: FASTQ files are taken as gzip or BGZF.'
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(text)) return 'The URL leads to a web page, not to a file.'
  return 'The file is not gzip or BGZF.'
}

interface Inflated {
  text: string
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
  let text = ''
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      text += chunk.toString('latin1')
      if (text.length >= START_TEXT_BYTES_MAX) {
        return { text: text.slice(0, START_TEXT_BYTES_MAX), damaged: false, ended: false }
      }
    }
    return { text, damaged: false, ended: true }
  } catch {
    return { text, damaged: true, ended: true }
  }
}

/** Four lines: `@` and a name, bases, `+`, as many qualities as bases. `last`: nothing follows what is there. */
function refuseRecord(text: string, { last }: { last: boolean }): string | undefined {
  if (text === '') return last ? 'The file is empty.' : undefined
  const lines = text.split('\n', 5).map((line) => line.replace(/\r$/, ''))
  // Without what follows it, nobody knows whether a line is whole.
  const whole = (line: number) => lines.length > line + 1 || last
  const [name = '', bases, plus, qualities] = lines
  if (name[0] === '>') return 'The file is FASTA, not FASTQ: it has no qualities.'
  if (name[0] !== '@') return 'The file is not FASTQ: its first line does not begin with @.'
  if (bases && !BASES.test(bases)) return 'The file is not FASTQ: its second line is not a sequence of bases.'
  if (plus && plus[0] !== '+') return 'The file is not FASTQ: its third line does not begin with +.'
  if (qualities && !QUALITIES.test(qualities))
    return 'The file is not FASTQ: its fourth line is not qualities.'
  const cut = last && (lines.length < 4 || (qualities === '' && bases !== ''))
  if (cut) return 'The file ends within its first record.'
  if (bases === undefined || qualities === undefined || !whole(3)) return undefined
  return bases.length === qualities.length
    ? undefined
    : 'The file is not FASTQ: its first record has not as many qualities as bases.'
}
