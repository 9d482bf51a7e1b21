import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Bench } from './bench.ts'
import { FULL_ROWS } from './make-files.ts'
import { least, measureInTurn } from './measure-in-turn.ts'
import type { BenchResult } from './measurement.ts'
import { timeProgram } from './time-program.ts'

const ROUNDS = 5
const EXPORT = `a ${FULL_ROWS.toLocaleString('en')}-row export`

/**
 * CPU-seconds against plink1.9 reading the same text and writing a .bed. Reading means every row and its QC, cold, in a
 * process of its own, as plink does; a run means what the worker does, in a fresh thread, deliverables stored. The
 * server's whole check of the packed file (thread, container, inflating) is printed for the record.
 */
export async function measureParse({ files, directory }: Bench): Promise<BenchResult[]> {
  let checkSeconds = Number.POSITIVE_INFINITY
  let checkMegabytes = 0
  const read = async () => {
    const { rows, seconds } = await answerOf<{ rows: number; seconds: number }>('read-one-export.ts', [
      files.fullText,
    ])
    if (rows !== FULL_ROWS) throw new Error('Not every row was read')
    return seconds
  }
  const run = async () => {
    const work = path.join(directory, 'runs')
    const { seconds } = await answerOf<{ seconds: number[] }>('analyse-exports.ts', [files.fullZip, work])
    return least(seconds)
  }
  const check = async () => {
    const { seconds, output } = await timeProgram(process.execPath, [
      path.join(import.meta.dirname, 'check-one-export.ts'),
      files.fullZip,
      path.join(directory, 'code-cache'),
    ])
    checkSeconds = Math.min(checkSeconds, seconds)
    checkMegabytes = Math.max(checkMegabytes, (JSON.parse(output) as { megabytes: number }).megabytes)
    return seconds
  }
  const out = path.join(directory, 'plink')
  const plink = async () =>
    (await timeProgram('plink1.9', ['--23file', files.fullText, 'F', 'I', '--make-bed', '--out', out]))
      .seconds

  const installed = await isInstalled('plink1.9')
  const values: Record<'read' | 'run' | 'check', number[]> & { plink?: number[] } = installed
    ? await measureInTurn(ROUNDS, { read, run, check, plink })
    : await measureInTurn(ROUNDS, { read, run, check })
  const memory: BenchResult = {
    what: `Check of ${EXPORT}: memory of the process`,
    value: checkMegabytes,
    bound: { atMost: 150 },
    unit: 'MB',
    record: `largest of ${ROUNDS + 1}; the whole check, process start included: ${checkSeconds.toFixed(2)} CPU-s`,
  }
  return [...againstPlink(values), memory]
}

function againstPlink(values: { read: number[]; run: number[]; plink?: number[] }): BenchResult[] {
  const rows = [
    {
      what: `Parse and QC of ${EXPORT}, CPU against plink1.9 --23file --make-bed`,
      own: values.read,
      atMost: 0.8,
    },
    {
      what: `Whole run of ${EXPORT}, all deliverables stored, CPU against the same`,
      own: values.run,
      atMost: 2.5,
    },
  ]
  const { plink } = values
  if (!plink) return rows.map(({ what }) => ({ what, why: 'plink1.9 is not installed here' }))
  return rows.map(({ what, own, atMost }) => ({
    what,
    value: least(own) / least(plink),
    bound: { atMost },
    unit: '×' as const,
    record: `${least(own).toFixed(2)} CPU-s against ${least(plink).toFixed(2)} CPU-s (least of ${ROUNDS})`,
  }))
}

async function answerOf<Answer>(program: string, args: string[]): Promise<Answer> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    path.join(import.meta.dirname, program),
    ...args,
  ])
  return JSON.parse(stdout) as Answer
}

const isInstalled = (program: string): Promise<boolean> =>
  promisify(execFile)('bash', ['-c', 'command -v "$0"', program]).then(
    () => true,
    () => false,
  )
