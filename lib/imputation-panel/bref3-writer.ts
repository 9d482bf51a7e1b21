import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'

/** A program that makes panels into Beagle's binary form. */
export interface Bref3Program {
  java: string
  /** `bref3.jar`, of the same release as the engine's. */
  jar: string
  memoryMegabytes: number
}

const PIECE_BYTES = 1_048_576
const WORDS_MAX = 2_000

/** Writes one region in Beagle's binary form. It is given checked lines alone: a faulty one would make the program hang. */
export class Bref3Writer {
  private readonly program: ChildProcess
  private readonly ended: Promise<string | undefined>
  private pieces: Buffer[] = []
  private bytes = 0
  private words = ''
  private failed: string | undefined

  private constructor(program: ChildProcess) {
    this.program = program
    program.stderr!.on('data', (chunk) => {
      if (this.words.length < WORDS_MAX) this.words += chunk
    })
    program.stdin!.on('error', () => {})
    this.ended = new Promise((resolve) => {
      program.once('error', ({ code }: NodeJS.ErrnoException) =>
        resolve(`java could not be started: ${code}`),
      )
      program.once('close', (code) =>
        resolve(code === 0 ? undefined : `bref3 ended with ${code}: ${this.words.trim()}`),
      )
    })
    void this.ended.then((fault) => {
      this.failed = fault
    })
  }

  /** People are numbered: nobody's name enters the package. */
  static async start(
    { java, jar, memoryMegabytes }: Bref3Program,
    { file, contig, samples }: { file: string; contig: string; samples: number },
  ): Promise<Bref3Writer> {
    const target = await open(file, 'w')
    try {
      const args = [`-Xmx${memoryMegabytes}m`, '-XX:+UseSerialGC', '-jar', jar]
      const writer = new Bref3Writer(spawn(java, args, { stdio: ['pipe', target.fd, 'pipe'] }))
      const names = Array.from({ length: samples }, (_, person) => `S${person + 1}`).join('\t')
      await writer.write([
        Buffer.from(
          `##fileformat=VCFv4.2\n##contig=<ID=${contig}>\n##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n` +
            `#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t${names}\n`,
        ),
      ])
      return writer
    } finally {
      await target.close()
    }
  }

  /** Rejects when the program has ended before its time. */
  async write(pieces: Buffer[]): Promise<void> {
    for (const piece of pieces) {
      this.pieces.push(piece)
      this.bytes += piece.length
    }
    if (this.bytes >= PIECE_BYTES) await this.flush()
  }

  /** Resolves once the file is whole. */
  async end(): Promise<void> {
    await this.flush()
    this.program.stdin!.end()
    const fault = await this.ended
    if (fault) throw new Error(fault)
  }

  stop(): void {
    this.program.kill('SIGKILL')
  }

  private async flush(): Promise<void> {
    if (this.failed) throw new Error(this.failed)
    const stdin = this.program.stdin!
    const piece = Buffer.concat(this.pieces)
    this.pieces = []
    this.bytes = 0
    if (!stdin.write(piece)) await Promise.race([once(stdin, 'drain'), this.ended])
    if (this.failed) throw new Error(this.failed)
  }
}
