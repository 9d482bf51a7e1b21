import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { type LeashedProgram, runLeashed } from './run-leashed.ts'

const never = new AbortController().signal
const LINUX = process.platform === 'linux'

/** Run a line of shell; its end, and what it said. */
async function run(script: string, more: Partial<LeashedProgram> & { args?: string[] } = {}) {
  let said = ''
  const { args = [], ...rest } = more
  const program: LeashedProgram = {
    file: '/bin/sh',
    args: ['-c', script, 'sh', ...args],
    cwd: tmpdir(),
    environment: { PATH: '/usr/bin:/bin' },
    seconds: 60,
    ...rest,
  }
  const ended = await runLeashed(program, { add: (chunk) => (said += Buffer.from(chunk)) }, never)
  return { ...ended, said }
}

test('arguments reach the program as they are, whatever they hold', async () => {
  const args = ['a b', '', '"\'$HOME;', '--x', 'ä\n']
  const { said, code } = await run('for one in "$@"; do printf "<%s>" "$one"; done; exit 7', { args })
  expect(said).toBe(args.map((one) => `<${one}>`).join(''))
  expect(code).toBe(7)
})

test.runIf(LINUX)('processor time and memory of the program and its children are measured', async () => {
  // Some 60 MB held for a while, and a child that works.
  const work = `const held = Buffer.alloc(60e6, 1); while (process.cpuUsage().user < 5e5) held[1]++`
  const { cpuSeconds, peakMegabytes, how } = await run(`exec "$1" -e '${work}'`, { args: [process.execPath] })
  expect(how).toBe('exit')
  expect(cpuSeconds).toBeGreaterThan(0.3)
  expect(peakMegabytes).toBeGreaterThan(60)
  const child = await run('i=0; ( while [ $i -lt 200000 ]; do i=$((i+1)); done )')
  expect(child.cpuSeconds).toBeGreaterThan(0.05)
})

test.runIf(LINUX)(
  'a program that does nothing any more is ended; one that works silently is not',
  async () => {
    expect(await run('sleep 600', { stallSeconds: 1 })).toMatchObject({ how: 'stalled' })
    const busy = 'while (process.cpuUsage().user < 2e6);'
    const working = await run(`exec "$1" -e '${busy}'`, { args: [process.execPath], stallSeconds: 1 })
    expect(working).toMatchObject({ how: 'exit', code: 0 })
  },
)

test.runIf(LINUX)('a stalled program that does not hear SIGTERM is ended all the same', async () => {
  const { how, said } = await run("trap '' TERM; echo begun; sleep 600 & wait; sleep 600", {
    stallSeconds: 1,
  })
  expect(how).toBe('stalled')
  expect(said).toContain('begun')
})

test('a program that is not there counts as one that could not be started', async () => {
  const { code, how } = await run('', { file: '/nowhere/program', args: [] })
  expect({ code, how }).toEqual({ code: 126, how: 'exit' })
})
