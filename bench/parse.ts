import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Bench } from './bench.ts'
import type { Outcome } from './figure.ts'
import { interleave, least } from './interleave.ts'
import { FULL_ROWS } from './make-files.ts'

const ROUNDS = 5
const WHAT = `Check, parse and QC of a ${FULL_ROWS.toLocaleString('en')}-row export`

/**
 * The server's whole check of a packed export, in a process of its own that starts the same thread with the same
 * limits and the same cache of compiled code, against plink reading the unpacked text and writing a .bed. CPU-seconds of everything either one does.
 */
export async function measureParse({ files, directory }: Bench): Promise<Outcome[]> {
  let megabytes = 0
  const ours = async () => {
    const { seconds, output } = await timed(process.execPath, [
      path.join(import.meta.dirname, 'check-one-export.ts'),
      files.fullZip,
      path.join(directory, 'code-cache'),
    ])
    const checked = JSON.parse(output) as { rows: number; megabytes: number }
    if (checked.rows !== FULL_ROWS) throw new Error('The check did not read every row')
    megabytes = Math.max(megabytes, checked.megabytes)
    return seconds
  }
  const out = path.join(directory, 'plink')
  const plink = async () =>
    (await timed('plink1.9', ['--23file', files.fullText, 'F', 'I', '--make-bed', '--out', out])).seconds
  const installed = await isInstalled('plink1.9')
  const values: { ours: number[]; plink?: number[] } = installed
    ? await interleave(ROUNDS, { ours, plink })
    : await interleave(ROUNDS, { ours })

  const seconds = least(values.ours)
  const memory: Outcome = {
    what: `${WHAT}: memory of the process`,
    value: megabytes,
    bound: { atMost: 150 },
    unit: 'MB',
    record: `largest of ${ROUNDS + 1}; ${seconds.toFixed(2)} CPU-s`,
  }
  const against = `${WHAT}, CPU against plink1.9 --23file --make-bed`
  if (!values.plink) return [{ what: against, why: 'plink1.9 is not installed here' }, memory]
  const theirs = least(values.plink)
  const ratio: Outcome = {
    what: against,
    value: seconds / theirs,
    bound: { atMost: 0.8 },
    unit: '×',
    record: `${seconds.toFixed(2)} CPU-s against ${theirs.toFixed(2)} CPU-s (least of ${ROUNDS})`,
  }
  return [ratio, memory]
}

const isInstalled = (program: string): Promise<boolean> =>
  promisify(execFile)('bash', ['-c', 'command -v "$0"', program]).then(
    () => true,
    () => false,
  )

/** Run a program to its end; the CPU-seconds of it and its children, by the shell's own account of them. */
async function timed(program: string, args: string[]): Promise<{ seconds: number; output: string }> {
  const script = '"$@" && times >&2'
  const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script, 'bash', program, ...args], {
    env: { ...process.env, LC_ALL: 'C' },
  })
  // The second line: user and system time of the children, as `0m1.234s`.
  const [user, system] = stderr.trim().split('\n').at(-1)!.split(' ').map(secondsIn)
  return { seconds: user! + system!, output: stdout }
}

function secondsIn(text: string): number {
  const [, minutes, seconds] = /^(\d+)m([\d.]+)s$/.exec(text)!
  return Number(minutes) * 60 + Number(seconds)
}
