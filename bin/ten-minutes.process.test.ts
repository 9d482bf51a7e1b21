import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { freePort } from '#lib/testing/free-port.ts'
import { projectRoot } from './project-root.mjs'

const MINUTES = 60_000

/** The snippets of a document, or of one part of it, in order. */
async function snippetsOf(file: string, part?: string): Promise<string[]> {
  const text = await readFile(path.join(projectRoot, file), 'utf8')
  const read = part ? new RegExp(`^## ${part}\\n(.*?)^## `, 'ms').exec(text)?.[1] : text
  return [...(read ?? '').matchAll(/^```[a-z]+\n(.*?)\n```$/gms)].map(([, snippet]) => snippet!)
}

test('the page that is executed in a fresh clone begins as README does, and has the steps in their order', async () => {
  const snippets = await snippetsOf('docs/start.md')
  const [readme = ''] = await snippetsOf('README.md', 'Start')
  expect(readme).toMatch(/^npm start$/m)
  expect(snippets[0]).toBe(readme.replace('npm start', 'ALLOW_PRIVATE_TARGETS=1 npm start'))
  const begins = [
    'git clone',
    'npx arraydrop admin',
    'npx arraydrop demo',
    'curl',
    'import',
    'npx arraydrop webhooks',
  ]
  expect(snippets.map((snippet, at) => snippet.startsWith(begins[at] ?? 'npx arraydrop demo'))).toEqual(
    Array(7).fill(true),
  )
})

/** A program that runs beside the test, in a group of its own. */
function startBeside(command: string, { cwd, env }: { cwd: string; env: Record<string, string> }) {
  const program: ChildProcess = spawn('sh', ['-ec', command], { cwd, env: env as never, detached: true })
  let said = ''
  for (const stream of [program.stdout!, program.stderr!]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  const ended = once(program, 'exit')
  return {
    /** Until it has said this. Rejects with what it said when it ends before. */
    async says(words: RegExp): Promise<void> {
      while (!words.test(said)) {
        const end = await Promise.race([ended, new Promise<void>((resolve) => setTimeout(resolve, 200))])
        if (end && !words.test(said)) throw new Error(`It ended with ${end.join(' ')}:\n${said}`)
      }
    },
    said: () => said,
    async stop(): Promise<void> {
      if (program.exitCode === null && program.signalCode === null) process.kill(-program.pid!, 'SIGTERM')
      await ended
    },
  }
}

/** What a machine has that never saw this project: none of its programs in the path, nothing at home, a port of its own. */
async function bareMachine(folder: string) {
  const home = path.join(folder, 'home')
  await mkdir(home)
  const inPath = (process.env.PATH ?? '').split(path.delimiter)
  const port = String(await freePort())
  return {
    PATH: inPath.filter((each) => !each.includes('node_modules')).join(path.delimiter),
    HOME: home,
    PORT: port,
    DATA_DIR: path.join(folder, 'data'),
    ARRAYDROP_HOST: `http://localhost:${port}`,
  }
}

// It installs and builds the project from the start.
if (process.env.ARRAYDROP_TORTURE === '1') {
  test('the ten-minute page works word for word in a fresh clone, to the first upload and the first verified webhook', {
    timeout: 60 * MINUTES,
  }, async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-clone-'))
    // PostgreSQL never runs as root: another user must reach what is inside.
    await chmod(folder, 0o755)
    const env: Record<string, string> = await bareMachine(folder)
    const clone = path.join(folder, 'arraydrop')
    const hook = String(await freePort())
    // The machine that runs this test may have these ports in use.
    const ported = (text: string) =>
      text
        .replaceAll('localhost:3000', `localhost:${env.PORT}`)
        .replace(/(localhost:|listen\()4000/g, `$1${hook}`)
    const run = (command: string) =>
      execFileSync('sh', ['-ec', ported(command)], { cwd: clone, encoding: 'utf8', env: env as never })
    const [start = '', key = '', demo = '', mint = '', receiver = '', subscribe = '', again = ''] =
      await snippetsOf('docs/start.md')
    const times: string[] = []
    let begun = performance.now()
    const note = (step: string) => {
      times.push(`${step}: ${Math.round((performance.now() - begun) / 1_000)} s`)
      begun = performance.now()
    }

    const service = startBeside(start.replace('<address of this repository>', projectRoot), {
      cwd: folder,
      env,
    })
    let hooked: ReturnType<typeof startBeside> | undefined
    try {
      await service.says(/built/)
      note('clone, install and build')
      await service.says(/array-data-upload\?token=/)
      note('start')
      const [makeKey = '', keep] = key.split('\n')
      env.ARRAYDROP_API_KEY = /\bkey\s+(\S+\.\S+)/.exec(run(makeKey))?.[1] ?? ''
      expect(keep).toBe('export ARRAYDROP_API_KEY=…')
      expect(run(demo)).toMatch(/^status +succeeded$/m)
      note('key and first upload')
      expect(JSON.parse(run(mint))).toHaveProperty('sample_id')

      await writeFile(path.join(clone, 'receiver.mjs'), ported(receiver))
      const [make = '', listen = ''] = subscribe.split('\n')
      const secret = /^secret +(\S+)$/m.exec(run(make))?.[1] ?? ''
      hooked = startBeside(listen.replace('…', secret), { cwd: clone, env })
      await hooked.says(/listening on/)
      expect(run(again)).toMatch(/^status +succeeded$/m)
      await hooked.says(/^genuine: analysis_complete_v2 \S+ succeeded$/m)
      note('first verified webhook')
      expect(hooked.said()).not.toContain('not genuine')
      console.info(times.join('\n'))
    } finally {
      await hooked?.stop()
      await service.stop()
      await rm(folder, { recursive: true, force: true })
    }
  })
}
