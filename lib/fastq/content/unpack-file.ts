import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, type ZlibOptions } from 'node:zlib'
import type { FastqFaultCode } from './fastq-fault.ts'
import type { FileGrowth } from './file-growth.ts'

const READ_BYTES = 262_144
const UNPACKED_BYTES = 262_144
/** Bytes unpacked ahead of the reader. */
const AHEAD_BYTES = 1_048_576
const GZIP_MAGIC = [0x1f, 0x8b]

/** What is packed, while it grows: gzip of one member or many, as BGZF is, and zeros behind it, as `gzip -t` accepts them. */
export class UnpackedFile {
  size = 0
  /** Of the packed bytes; once all of them were read. */
  sha256 = ''
  /** Why it could not be unpacked to its end. */
  fault: FastqFaultCode | undefined
  readonly #path: string
  readonly #growth: FileGrowth
  readonly #place: number
  readonly #hash = createHash('sha256')
  #source: Readable | undefined
  #wanted = true

  constructor(path: string, growth: FileGrowth, place: number) {
    this.#path = path
    this.#growth = growth
    this.#place = place
  }

  /** The unpacked bytes, up to the end or to a fault of the packing. Rejects when the file cannot be read. */
  async *pieces(): AsyncGenerator<Uint8Array, void, void> {
    const gunzip = createGunzip({ chunkSize: UNPACKED_BYTES, highWaterMark: AHEAD_BYTES } as ZlibOptions)
    let ended = false
    let failure: unknown
    const read = async function* (this: UnpackedFile) {
      try {
        yield* this.#packed()
        ended = true
      } catch (error) {
        failure = error
        throw error
      }
    }
    const source = Readable.from(read.call(this), {
      objectMode: false,
      highWaterMark: READ_BYTES,
    })
    this.#source = source
    const feeding = pipeline(source, gunzip).catch(() => {})
    try {
      yield* gunzip as AsyncIterable<Uint8Array>
    } catch {
      if (failure) throw failure
      this.fault ??= this.size === 0 ? 'empty' : 'gzip_damaged'
    } finally {
      source.destroy()
      gunzip.destroy()
      await feeding
    }
    if (this.fault || (ended && gunzip.bytesWritten === this.size)) return
    // zlib stops at bytes behind the last member that begin no other one.
    if (!source.closed) await once(source, 'close')
    if (!this.#wanted || !(await this.#isPadding(gunzip.bytesWritten))) this.fault = 'trailing_bytes'
  }

  /** Read to the end of the file. Returns whether everything from `start` on is zeros. */
  async #isPadding(start: number): Promise<boolean> {
    const file = await open(this.#path)
    try {
      for (let at = start; at < this.size; ) {
        const piece = await readPiece(file, at, this.size)
        if (!isZero(piece)) return false
        at += piece.length
      }
    } finally {
      await file.close()
    }
    for await (const piece of this.#packed()) if (!isZero(piece)) return false
    return true
  }

  /** Nothing more is wanted: `pieces` ends by itself, however far the file has grown. */
  stop(): void {
    this.#wanted = false
    this.#source?.destroy()
  }

  async *#packed(): AsyncGenerator<Uint8Array, void, void> {
    const file = await open(this.#path)
    try {
      for (;;) {
        const there = await this.#growth.beyond(this.#place, this.size, () => this.#wanted)
        if (there === this.size) break
        const piece = await readPiece(file, this.size, there)
        if (this.size === 0 && GZIP_MAGIC.some((byte, at) => at < piece.length && piece[at] !== byte)) {
          this.fault = 'not_gzip'
        }
        this.#hash.update(piece)
        this.size += piece.length
        yield piece
      }
      // Padding may be looked for after all was read.
      this.sha256 ||= this.#hash.digest('hex')
    } finally {
      await file.close()
    }
  }
}

/** Bytes of a file from `at` on, at most up to `end`; never none. */
async function readPiece(file: FileHandle, at: number, end: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(Math.min(READ_BYTES, end - at))
  const { bytesRead } = await file.read(buffer, 0, buffer.length, at)
  if (bytesRead === 0) throw new Error('A fetched file is shorter than it was said to be')
  return buffer.subarray(0, bytesRead)
}

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0)
