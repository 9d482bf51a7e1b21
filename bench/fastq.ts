import { open, rm } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { synthesizeFastq } from '#lib/fastq/fixtures/synthesize-fastq.ts'
import type { Bench } from './bench.ts'
import { least, measureInTurn } from './measure-in-turn.ts'
import type { BenchResult } from './measurement.ts'
import { timeProgram } from './time-program.ts'

const ROUNDS = 3
const MEGABYTE = 1_000_000
/** Packed sizes: for the speed, and for the memory of a small file and of one ten times as large. */
const SPEED_BYTES = 200 * MEGABYTE
const SMALL_BYTES = 100 * MEGABYTE
/** BENCH_FASTQ_GIGABYTES=10 takes the size that the bound speaks of. */
const LARGE_BYTES = Number(process.env.BENCH_FASTQ_GIGABYTES ?? 1) * 1_000 * MEGABYTE
const MEMBERS = 4
const READS = 25_000

/**
 * What a run does with the bytes of a FASTQ file (unpack, judge, count, hash; a process of its own, start included)
 * against `gzip -t` on the same file; and whether a larger file takes more memory.
 */
export async function measureFastq({ directory }: Bench): Promise<BenchResult[]> {
  const members = Array.from({ length: MEMBERS }, (_, at) =>
    gzipSync(synthesizeFastq({ reads: READS, first: at * READS + 1, seed: at })),
  )
  const file = await fileOf(path.join(directory, 'speed.fastq.gz'), members, SPEED_BYTES)
  let wall = { check: Number.POSITIVE_INFINITY, gzip: Number.POSITIVE_INFINITY }
  const timed = async (name: keyof typeof wall, run: () => Promise<{ seconds: number }>) => {
    const begun = performance.now()
    const { seconds } = await run()
    wall = { ...wall, [name]: Math.min(wall[name], (performance.now() - begun) / 1_000) }
    return seconds
  }
  const { check, gzip } = await measureInTurn(ROUNDS, {
    check: () => timed('check', () => checkFiles(file)),
    gzip: () => timed('gzip', () => timeProgram('gzip', ['-t', file])),
  })
  const speed: BenchResult = {
    what: 'Check of a FASTQ file, speed by CPU against gzip -t',
    value: least(gzip) / least(check),
    bound: { atLeast: 0.5 },
    unit: '×',
    record: `${least(check).toFixed(2)} CPU-s against ${least(gzip).toFixed(2)} CPU-s for ${SPEED_BYTES / MEGABYTE} MB; by the clock ${wall.check.toFixed(2)} s against ${wall.gzip.toFixed(2)} s (least of ${ROUNDS})`,
  }
  return [speed, await measureMemory(directory, members)]
}

async function measureMemory(directory: string, members: Uint8Array[]): Promise<BenchResult> {
  const held = async (bytes: number) => {
    const file = await fileOf(path.join(directory, 'memory.fastq.gz'), members, bytes)
    const { megabytes } = await checkFiles(file)
    await rm(file)
    return megabytes
  }
  const small = await held(SMALL_BYTES)
  const large = await held(LARGE_BYTES)
  return {
    what: `Check of a FASTQ file of ${LARGE_BYTES / MEGABYTE} MB: memory above that of one of ${SMALL_BYTES / MEGABYTE} MB`,
    value: large - small,
    bound: { atMost: 32 },
    unit: 'MB',
    record: `${large.toFixed(0)} MB against ${small.toFixed(0)} MB, the most of each process`,
  }
}

async function checkFiles(...files: string[]): Promise<{ seconds: number; megabytes: number }> {
  const program = path.join(import.meta.dirname, 'check-one-fastq.ts')
  const { seconds, output } = await timeProgram(process.execPath, [program, ...files])
  return { seconds, megabytes: (JSON.parse(output) as { megabytes: number }).megabytes }
}

/** A file of at least so many bytes: members of gzip in turn, as sequencers join them. */
async function fileOf(file: string, members: readonly Uint8Array[], bytes: number): Promise<string> {
  const handle = await open(file, 'w')
  try {
    for (let size = 0, at = 0; size < bytes; at++) {
      const member = members[at % members.length]!
      await handle.write(member)
      size += member.length
    }
  } finally {
    await handle.close()
  }
  return file
}
