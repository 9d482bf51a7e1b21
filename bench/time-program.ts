import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Run a program to its end; the CPU-seconds of it and its children, by the shell's own account of them. */
export async function timeProgram(
  program: string,
  args: string[],
): Promise<{ seconds: number; output: string }> {
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
