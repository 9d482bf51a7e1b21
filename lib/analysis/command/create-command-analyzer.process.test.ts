import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runLeashed } from '#lib/platform/leash/run-leashed.ts'
import { isProblem } from '#lib/problem.ts'
import { ProjectSettings } from '#lib/projects/project.ts'
import { aSummary } from '#lib/testing/export-stand-ins.ts'
import type { AnalysisTask } from '../analyzer.ts'
import { createCommandAnalyzer } from './create-command-analyzer.ts'

const SAMPLE = '11111111-1111-4111-8111-111111111111'
const RUN = '22222222-2222-4222-8222-222222222222'
const PROJECT = '33333333-3333-4333-8333-333333333333'
const LOG_KEY = `samples/${SAMPLE}/runs/${RUN}/1/log`
/** What a genotype looks like to a test: nobody but the run's own log may say it. */
const MARKER = 'rs4477212-AA-marker'

let folder: string
let stored: Map<string, string>

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'arraydrop-command-'))
  stored = new Map()
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const storage = {
  async put(key: string, chunks: AsyncIterable<Uint8Array>) {
    const pieces: Uint8Array[] = []
    for await (const chunk of chunks) pieces.push(chunk)
    const bytes = Buffer.concat(pieces)
    stored.set(key, bytes.toString())
    return { size: bytes.length, sha256: '' }
  },
}

/** The task of a run whose earlier analyzers made these files, each holding its own type. */
async function aTask(types: Record<string, string> = {}): Promise<AnalysisTask> {
  // Every run has a folder of its own.
  const own = await mkdtemp(path.join(folder, 'run-'))
  const original = path.join(folder, 'stored-original')
  await writeFile(original, 'the archive')
  const files = [{ fileType: 'array-zip', extension: 'zip', path: original }]
  for (const [fileType, extension] of Object.entries(types)) {
    const file = path.join(own, `${fileType}.${extension}`)
    await writeFile(file, fileType)
    files.push({ fileType, extension, path: file })
  }
  return {
    runId: RUN,
    sampleId: SAMPLE,
    attempt: 1,
    projectId: PROJECT,
    input: { kind: 'array', storageKey: 'x', vendor: 'ancestrydna', summary: aSummary() },
    settings: ProjectSettings.parse({}),
    original,
    folder: own,
    before: { qc: {}, checks: [], files },
  }
}

async function aProgram(text: string, interpreter = '/bin/sh'): Promise<string> {
  const file = path.join(folder, 'program')
  await writeFile(file, `#!${interpreter}\n${text}`)
  await chmod(file, 0o755)
  return file
}

interface Circumstances {
  seconds?: number
  signal?: AbortSignal
  task?: AnalysisTask
}

async function run(script: string, { seconds = 60, signal, task }: Circumstances = {}) {
  const file = await aProgram(script)
  const settings = { file, seconds, searchPath: '/usr/bin:/bin', referenceFasta: undefined }
  const analyse = createCommandAnalyzer({ storage, runLeashed }, settings)
  return analyse(task ?? (await aTask()), signal ?? new AbortController().signal)
}

const failureOf = (running: Promise<unknown>): Promise<Error> =>
  running.then(
    () => Promise.reject(new Error('Nothing was refused')),
    (error: Error) => error,
  )

/** Whether a process still does anything: one that waits to be buried does not. */
const lives = (pid: number): boolean => {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z')
}
const untilWritten = (file: string) =>
  expect
    .poll(() => readFile(file, 'utf8').catch(() => ''), { timeout: 30_000, interval: 20 })
    .toMatch(/^\d+\n$/)
const untilGone = (pid: number) =>
  expect.poll(() => lives(pid), { timeout: 30_000, interval: 20 }).toBe(false)

describe('what a command is given', () => {
  test('is exactly the documented environment: nothing of the service, secrets least of all', async () => {
    const program = await aProgram(
      `require('fs').writeFileSync(process.env.ARRAYDROP_OUTPUT_DIR + '/environment.json', JSON.stringify(process.env))`,
      process.execPath,
    )
    const settings = {
      file: program,
      seconds: 60,
      searchPath: '/opt/tools:/bin',
      referenceFasta: '/data/ref.fa',
    }
    const types = { 'qc-json': 'json', 'plink-bed': 'bed', 'plink-bim': 'bim', 'plink-fam': 'fam' }
    const task = await aTask({ ...types, 'genotypes-vcf': 'vcf.gz', 'genotypes-tbi': 'vcf.gz.tbi' })
    const { files } = await createCommandAnalyzer({ storage, runLeashed }, settings)(
      task,
      new AbortController().signal,
    )
    const { __CF_USER_TEXT_ENCODING: _, ...environment } = JSON.parse(await readFile(files[0]!.path, 'utf8'))
    const root = path.join(task.folder, 'command')
    expect(environment).toEqual({
      PATH: '/opt/tools:/bin',
      HOME: `${root}/work`,
      TMPDIR: `${root}/work`,
      LANG: 'C.UTF-8',
      ARRAYDROP_SAMPLE_ID: SAMPLE,
      ARRAYDROP_RUN_ID: RUN,
      ARRAYDROP_PROJECT_ID: PROJECT,
      ARRAYDROP_INPUT: 'array',
      ARRAYDROP_VENDOR: 'ancestrydna',
      ARRAYDROP_BUILD: '37',
      ARRAYDROP_SEX: 'undetermined',
      ARRAYDROP_CHIP: '',
      ARRAYDROP_INPUT_ZIP: `${root}/input/array.zip`,
      ARRAYDROP_QC_JSON: `${root}/input/qc.json`,
      ARRAYDROP_PLINK_BED: `${root}/input/plink.bed`,
      ARRAYDROP_PLINK_BIM: `${root}/input/plink.bim`,
      ARRAYDROP_PLINK_FAM: `${root}/input/plink.fam`,
      ARRAYDROP_PLINK_PREFIX: `${root}/input/plink`,
      ARRAYDROP_GENOTYPES_VCF: `${root}/input/genotypes.vcf.gz`,
      ARRAYDROP_GENOTYPES_TBI: `${root}/input/genotypes.vcf.gz.tbi`,
      ARRAYDROP_REFERENCE_FASTA: '/data/ref.fa',
      ARRAYDROP_OUTPUT_DIR: `${root}/output`,
      ARRAYDROP_NOTES_FILE: `${root}/notes.txt`,
    })
  })

  test('can be read, and spoiled without harm to the stored original', async () => {
    const task = await aTask({ 'qc-json': 'json' })
    const { files } = await run(
      `cat "$ARRAYDROP_INPUT_ZIP" "$ARRAYDROP_QC_JSON" > "$ARRAYDROP_OUTPUT_DIR/seen.txt"
       echo spoiled > "$ARRAYDROP_INPUT_ZIP"`,
      { task },
    )
    expect(await readFile(files[0]!.path, 'utf8')).toBe('the archiveqc-json')
    expect(await readFile(task.original, 'utf8')).toBe('the archive')
  })
})

describe('how a command ends', () => {
  test('with 0: its outputs are deliverables, and its check has succeeded', async () => {
    const outcome = await run(
      `cd "$ARRAYDROP_OUTPUT_DIR"; echo 1 > polygenic-score.tsv.gz; echo 2 > ancestry_v2.json`,
    )
    expect(outcome.files.map(({ fileType, extension }) => [fileType, extension])).toEqual([
      ['ancestry_v2', 'json'],
      ['polygenic-score', 'tsv.gz'],
    ])
    const check = { key: 'analysis_command', status: 'succeeded', expected: 0, measured: 0, note: '' }
    expect(outcome.checks).toEqual([check])
  })

  test('with 10: quality control has failed for the noted reason, and outputs count', async () => {
    const outcome = await run(
      `printf 'Ancestry could\\n\\tnot be told.\\000 ' > "$ARRAYDROP_NOTES_FILE"
       echo 1 > "$ARRAYDROP_OUTPUT_DIR/report.html"; exit 10`,
    )
    expect(outcome.files).toHaveLength(1)
    expect(outcome.checks).toEqual([
      {
        key: 'analysis_command',
        status: 'failed',
        expected: 0,
        measured: 10,
        note: 'analysis_command: Ancestry could not be told.',
      },
    ])
  })

  test('with 20: the run has failed for good; without a note it says that there is none', async () => {
    const noted = await failureOf(run('echo "The panel is gone." > "$ARRAYDROP_NOTES_FILE"; exit 20'))
    expect(isProblem(noted)).toBe(true)
    expect(noted.message).toBe('analysis_command: The panel is gone.')
    const silent = await failureOf(run('exit 20'))
    expect(silent.message).toBe('analysis_command: it did not say why.')
  })

  test('a note without end is cut at 500 characters', async () => {
    const noted = await failureOf(
      run(`head -c 100000 /dev/zero | tr '\\0' 'x' > "$ARRAYDROP_NOTES_FILE"; exit 20`),
    )
    expect(noted.message).toBe(`analysis_command: ${'x'.repeat(500)}`)
  })

  test.each([
    ['exit 1', 'ended with 1'],
    ['exit 127', 'ended with 127'],
    ['kill -9 $$', 'ended with 137'],
    ['kill -TERM $$', 'ended with 143'],
  ])('with anything else (%s): it is tried again', async (script, words) => {
    const failure = await failureOf(run(script))
    expect(isProblem(failure)).toBe(false)
    expect(failure.message).toContain(words)
  })

  test('a program that is gone by then is tried again, as it may be put back', async () => {
    const settings = {
      file: path.join(folder, 'nowhere'),
      seconds: 60,
      searchPath: '',
      referenceFasta: undefined,
    }
    const running = createCommandAnalyzer({ storage, runLeashed }, settings)(
      await aTask(),
      new AbortController().signal,
    )
    const failure = await failureOf(running)
    expect(isProblem(failure)).toBe(false)
    expect(stored.get(LOG_KEY)).toContain('could not be started: ENOENT')
  })
})

describe('an output is refused, with words that do not quote its name, when', () => {
  test.each([
    ['it is a folder', 'mkdir secret-folder', 'an output is no regular file'],
    ['it is a link', 'ln -s /etc/hostname secret-link.txt', 'an output is no regular file'],
    ['it is a pipe', 'mkfifo secret-pipe.txt', 'an output is no regular file'],
    ['it has no extension', 'echo > secret', 'not <file-type>.<extension>'],
    ['its name has capitals', 'echo > Secret.txt', 'not <file-type>.<extension>'],
    ['its name has blanks', 'echo > "my secret.txt"', 'not <file-type>.<extension>'],
    ['its name is hidden', 'echo > .secret.txt', 'not <file-type>.<extension>'],
    ['its name is long', `echo > $(printf 'secret%060d' 0).txt`, 'not <file-type>.<extension>'],
    ['it would replace one of ours', 'echo > qc-json.json', 'file type of Arraydrop’s own'],
    ['another has its type', 'echo > secret.txt; echo > secret.json', 'two outputs have one type'],
    ['they are too many', 'for n in $(seq 33); do echo > secret$n.txt; done', 'more than 32 outputs'],
    ['they are too large', 'truncate -s 11G secret.bin', 'more than 10737418240 bytes'],
  ])('%s', async (_when, script, words) => {
    const failure = await failureOf(run(`cd "$ARRAYDROP_OUTPUT_DIR"; ${script}`))
    expect(isProblem(failure)).toBe(true)
    expect(failure.message).toContain(words)
    expect(failure.message.toLowerCase()).not.toContain('secret')
    expect(stored.get(LOG_KEY)).toContain(words)
  })

  test('the folder itself was replaced by a link', async () => {
    const script = 'rmdir "$ARRAYDROP_OUTPUT_DIR"; ln -s /etc "$ARRAYDROP_OUTPUT_DIR"'
    expect((await failureOf(run(script))).message).toContain('is none any more')
  })
})

describe('what a command says', () => {
  test('is kept for operators, however it ends, and is in no error', async () => {
    for (const [code, end] of Object.entries({ 0: '', 1: 'exit 1', 20: 'exit 20' })) {
      stored.clear()
      const said = await run(`echo ${MARKER}; echo ${MARKER} >&2; ${end}`).catch((error: Error) => error)
      expect(stored.get(LOG_KEY)!.split(MARKER)).toHaveLength(3)
      expect(stored.get(LOG_KEY)).toContain(`exit code ${code}`)
      const told = said instanceof Error ? `${said.message}${said.stack}` : JSON.stringify(said)
      expect(told).not.toContain(MARKER)
    }
  })

  test('is kept in bounded room: its beginning and its end', async () => {
    await run('echo the beginning; head -c 30000000 /dev/zero; echo the end')
    const log = stored.get(LOG_KEY)!
    expect(log.length).toBeLessThan(700_000)
    expect(log).toMatch(/^the beginning\n/)
    expect(log).toMatch(/the end\narraydrop: exit code 0\n$/)
    expect(log).toContain('bytes left out')
  })
})

describe('nothing of a command runs any longer', () => {
  /** A command that ignores SIGTERM, with a child in the background that does too. */
  const stubborn = (pids: string) => `
    trap '' TERM HUP INT
    (trap '' TERM HUP INT; sh -c 'echo $PPID' > ${pids}.child; while :; do sleep 1; done) &
    echo $$ > ${pids}.command
    while :; do sleep 1; done`
  const pidsIn = async (file: string) => {
    const files = [`${file}.command`, `${file}.child`]
    for (const each of files) await untilWritten(each)
    return Promise.all(files.map(async (each) => Number(await readFile(each, 'utf8'))))
  }

  test('once it has ended', async () => {
    const pids = path.join(folder, 'pids')
    await run(`(while :; do sleep 1; done) & echo $! > ${pids}`)
    await untilGone(Number(await readFile(pids, 'utf8')))
  })

  test('when its time is up; then it is tried again', async () => {
    const pids = path.join(folder, 'pids')
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
    try {
      const running = failureOf(run(stubborn(pids), { seconds: 3_600 }))
      const all = await pidsIn(pids)
      // The process lives through every second of it: had it stood still, the time would not count.
      vi.advanceTimersByTime(3_601_000)
      const failure = await running
      expect(isProblem(failure)).toBe(false)
      expect(failure.message).toContain('timeout')
      for (const pid of all) await untilGone(pid)
      expect(stored.get(LOG_KEY)).toContain('ended after 3600 seconds')
    } finally {
      vi.useRealTimers()
    }
  })

  test('when the run is aborted; its log is not written any more', async () => {
    const pids = path.join(folder, 'pids')
    const abort = new AbortController()
    const running = failureOf(run(stubborn(pids), { signal: abort.signal }))
    const all = await pidsIn(pids)
    abort.abort(new Error('canceled'))
    expect((await running).message).toBe('canceled')
    for (const pid of all) await untilGone(pid)
    expect(stored.size).toBe(0)
  })

  test('when its worker is killed', async () => {
    const pids = path.join(folder, 'pids')
    const program = await aProgram(stubborn(pids))
    const leash = fileURLToPath(new URL('../../platform/leash/leash.ts', import.meta.url))
    const worker = spawn(
      process.execPath,
      [
        '-e',
        `require('child_process').spawn(process.execPath, ${JSON.stringify([leash, '0', program])},
          { detached: true, stdio: ['pipe', 'ignore', 'ignore', 'pipe'] })`,
      ],
      { stdio: 'ignore' },
    )
    const all = await pidsIn(pids)
    worker.kill('SIGKILL')
    await once(worker, 'exit')
    for (const pid of all) await untilGone(pid)
  })

  test('when its supervisor was killed', async () => {
    const pids = path.join(folder, 'pids')
    const failure = await failureOf(run(`echo $$ > ${pids}; kill -9 $PPID; while :; do sleep 1; done`))
    expect(failure.message).toContain('ended from outside')
    await untilGone(Number(await readFile(pids, 'utf8')))
  })
})

test('A command is not late because it and the service stood still for longer than it may take', async () => {
  // Several times what the command takes, also on a busy machine.
  const seconds = 8
  const began = path.join(folder, 'began')
  // The service is this process's child, so that it can be stopped; the command and its leash are a group of their own.
  const file = await aProgram(
    `echo $PPID > '${began}'\nsleep 1\nprintf done > "$ARRAYDROP_OUTPUT_DIR/report.txt"`,
  )
  const settings = { file, seconds, searchPath: '/usr/bin:/bin', referenceFasta: undefined }
  const source = `
import { createCommandAnalyzer } from ${JSON.stringify(new URL('./create-command-analyzer.ts', import.meta.url).href)}
import { runLeashed } from ${JSON.stringify(new URL('../../platform/leash/run-leashed.ts', import.meta.url).href)}
const storage = { put: async () => ({ size: 0, sha256: '' }) }
const analyse = createCommandAnalyzer({ storage, runLeashed }, ${JSON.stringify(settings)})
const { checks, files } = await analyse(${JSON.stringify(await aTask())}, new AbortController().signal)
console.log(JSON.stringify({ exit: checks[0].measured, files: files.map(({ fileType }) => fileType) }))`
  const service = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  service.stdout.on('data', (text) => (said += text))
  const ended = once(service, 'close')
  await untilWritten(began)
  const group = -Number(await readFile(began, 'utf8'))
  const tell = (signal: NodeJS.Signals) => {
    process.kill(group, signal)
    service.kill(signal)
  }
  tell('SIGSTOP')
  // How long they stand still is what is tested.
  await new Promise((resolve) => setTimeout(resolve, (seconds + 1) * 1_000))
  tell('SIGCONT')
  await ended
  expect(JSON.parse(said || 'null')).toMatchObject({ exit: 0 })
  expect(JSON.parse(said).files).toHaveLength(1)
})
