import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { PassThrough, pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { PanelRefusal } from './panel-refusal.ts'

const CHUNK_BYTES = 1_048_576

export interface OpenedVariants {
  /** The text of the VCF. A file that breaks off rejects here. */
  text: AsyncIterable<Buffer>
  /** Bytes of the file that have been read so far. */
  bytesRead: () => number
  /** Of the whole file; known once the text has ended. */
  sha256: () => string
  close: () => void
}

/** Open a `.vcf`, `.vcf.gz`, `.vcf.bgz` or `.bcf` file as text, and digest it on the way. BCF needs `bcftools`. */
export function openVariants(file: string): OpenedVariants {
  const hash = createHash('sha256')
  let bytes = 0
  const source = createReadStream(file, { highWaterMark: CHUNK_BYTES })
  const counted = new PassThrough({ highWaterMark: CHUNK_BYTES })
  source.on('data', (chunk) => {
    bytes += chunk.length
    hash.update(chunk)
  })
  pipeline(source, counted, () => {})
  const text = unpacked(file, counted)
  return {
    text,
    bytesRead: () => bytes,
    sha256: () => hash.copy().digest('hex'),
    close: () => {
      source.destroy()
      counted.destroy()
    },
  }
}

function unpacked(file: string, packed: Readable): AsyncIterable<Buffer> {
  const name = file.toLowerCase()
  if (name.endsWith('.vcf')) return packed as AsyncIterable<Buffer>
  if (name.endsWith('.bcf')) return throughBcftools(packed)
  // Node reads all members of a BGZF file, one after the other.
  const text = createGunzip({ chunkSize: CHUNK_BYTES })
  pipeline(packed, text, () => {})
  return text as AsyncIterable<Buffer>
}

async function* throughBcftools(packed: Readable): AsyncGenerator<Buffer, void, void> {
  const program = spawn('bcftools', ['view', '--no-version', '-Ov', '-'], { stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = new Promise<number | string>((resolve) => {
    program.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'error'))
    program.once('close', (code) => resolve(code ?? 'a signal'))
  })
  program.stderr.resume()
  pipeline(packed, program.stdin, () => {})
  try {
    for await (const chunk of program.stdout) yield chunk as Buffer
    const code = await ended
    if (code === 'ENOENT') throw new PanelRefusal('BCF files are read by bcftools, which is not on PATH')
    if (code !== 0) throw new PanelRefusal(`bcftools cannot read the file (it ended with ${code})`)
  } finally {
    program.kill()
  }
}
