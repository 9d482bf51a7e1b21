import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'

/** A program that turns what it reads into what it writes. */
export interface Filter {
  /** What to call it where it fails. */
  name: string
  file: string
  args: readonly string[]
}

const PIECE_BYTES = 1_048_576
const WORDS_MAX = 2_000

/** Writes into a program whose output is a file. */
export class ProgramWriter {
  private readonly program: ChildProcess
  private readonly ended: Promise<string | undefined>
  private pieces: Buffer[] = []
  private bytes = 0
  private words = ''
  private failed: string | undefined

  private constructor(program: ChildProcess, { name, file }: Filter) {
    this.program = program
    program.stderr!.on('data', (chunk) => {
      if (this.words.length < WORDS_MAX) this.words += chunk
    })
    program.stdin!.on('error', () => {})
    this.ended = new Promise((resolve) => {
      program.once('error', ({ code }: NodeJS.ErrnoException) =>
        resolve(`${file} could not be started: ${code}`),
      )
      program.once('close', (code) =>
        resolve(code === 0 ? undefined : `${name} ended with ${code}: ${this.words.trim()}`),
      )
    })
    void this.ended.then((fault) => {
      this.failed = fault
    })
  }

  static async start(filter: Filter, out: string): Promise<ProgramWriter> {
    const target = await open(out, 'w')
    try {
      const stdio = ['pipe' as const, target.fd, 'pipe' as const]
      return new ProgramWriter(spawn(filter.file, filter.args, { stdio }), filter)
    } finally {
      await target.close()
    }
  }

  /** Rejects when the program has ended before its time. */
  async write(pieces: readonly Buffer[]): Promise<void> {
    for (const piece of pieces) {
      this.pieces.push(piece)
      this.bytes += piece.length
    }
    if (this.bytes >= PIECE_BYTES) await this.flush()
  }

  /** Resolves once the file is whole. */
  async end(): Promise<void> {
    if (this.bytes > 0) await this.flush()
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
