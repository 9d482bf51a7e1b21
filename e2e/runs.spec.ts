import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { packZip } from '#lib/genotype/fixtures/pack-zip.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'
import { capabilityOfPanel } from '#lib/projects/pipeline-capability.ts'
import { aReading } from '#lib/testing/imputed-export-for-tests.ts'
import { panelWithoutJava } from '#lib/testing/panel-for-tests.ts'
import { aPerson, signedIn } from './browser/console-page.ts'
import { expectAccessible } from './browser/state-checks.ts'
import { test as base, expect, ROWS_MIN } from './fixtures.ts'
import { asFile, type RawExport, smallExport } from './raw/raw-export.ts'
import { openedPage, sendFile } from './raw/raw-page.ts'
import { filesBelow, statusHistoryOf, untilStatus } from './raw/sample-state.ts'
import { sendRequest } from './raw/send-request.ts'
import { type StartedProcess, startProcess } from './raw/start-process.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import { type Service, startService } from './service/start-service.ts'

const ROUNDS = process.env.ARRAYDROP_TORTURE === '1' ? 20 : 1
/** A killed worker's job comes back after its heartbeat, one look of the monitor, and a poll. */
const COMES_BACK_SECONDS = 90
/** Longer than what a lost attempt has stored is kept. */
const LEFTOVER_SECONDS = 660
const EXAMPLE = path.resolve(import.meta.dirname, '../docs/examples/calls-by-chromosome.sh')

/** A command that says it was started, and then waits for a word from the test, for ever if need be. */
interface WaitingCommand {
  file: string
  /** Process ids of those that were started, in order. */
  started(): Promise<number[]>
  /** From now on it makes its output and ends. */
  letGo(): Promise<void>
}

/** A web server that works on nothing, and workers with one command or another, one after the other. */
const test = base.extend<
  { command: WaitingCommand; work: (command: string) => StartedProcess },
  { panel: Awaited<ReturnType<typeof panelWithoutJava>>; web: Service; owner: Partner }
>({
  panel: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      const folder = await mkdtemp(path.join(os.tmpdir(), 'arraydrop-panel-'))
      await use(await panelWithoutJava(folder))
      await rm(folder, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  web: [
    async ({ panel }, use) => {
      const service = await startService({ WORKER: 'off', ...panel.environment })
      await use(service)
      await service.dispose()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  owner: [
    async ({ web }, use) => use(await partnerOf(web, { rowsMin: ROWS_MIN })),
    { scope: 'worker', timeout: 60_000 },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above
  command: async ({}, use) => {
    const directory = await mkdtemp(path.join(os.tmpdir(), 'arraydrop-command-'))
    const file = path.join(directory, 'command.sh')
    await writeFile(
      file,
      `#!/bin/sh
      here=$(dirname "$0")
      echo $$ >> "$here/started"
      echo "analysing a secret-marker"
      until [ -e "$here/go" ]; do sleep 0.1; done
      echo "$ARRAYDROP_RUN_ID" > "$ARRAYDROP_OUTPUT_DIR/run-id.txt"`,
    )
    await chmod(file, 0o755)
    await use({
      file,
      started: async () => {
        const lines = await readFile(path.join(directory, 'started'), 'utf8').catch(() => '')
        return lines.split('\n').slice(0, -1).map(Number)
      },
      letGo: () => writeFile(path.join(directory, 'go'), ''),
    })
    await rm(directory, { recursive: true, force: true })
  },
  work: async ({ web }, use) => {
    const workers: StartedProcess[] = []
    await use((command) => {
      workers.push(startProcess('lib/worker.ts', [], { ...web.environment, ANALYSIS_COMMAND: command }))
      return workers.at(-1)!
    })
    for (const worker of workers) {
      worker.signal('SIGKILL')
      await worker.exited
    }
  },
})

interface ListedFile {
  file_type: string
  size: number
  checksum_sha256: string
  download_url: string
}
async function listedFiles(partner: Partner, sampleId: string): Promise<ListedFile[]> {
  const response = await partner.call('GET', `/api/v2/samples/${sampleId}`)
  return ((await response.json()) as { files: ListedFile[] }).files
}

async function send(web: Service, partner: Partner, file: RawExport): Promise<string> {
  const page = await openedPage(web, partner)
  await sendFile(page, file)
  return page.sampleId
}

/** Whether a process still does anything: one that only waits to be buried does not. */
async function lives(pid: number): Promise<boolean> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }))
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z')
}
const untilStarted = (command: WaitingCommand, times: number, seconds = 30) =>
  expect.poll(async () => (await command.started()).length, { timeout: seconds * 1_000 }).toBe(times)
const untilGone = (pid: number) => expect.poll(() => lives(pid), { timeout: 15_000 }).toBe(false)

const filesOf = (web: Service, sampleId: string) => path.join(web.dataDir, 'files/samples', sampleId)
const runsOf = (web: Service, sampleId: string) => path.join(filesOf(web, sampleId), 'runs')

/** What is listed is stored once, the accepted file included, and nothing beside it but the log of the run. */
async function expectWhole(web: Service, partner: Partner, sampleId: string): Promise<void> {
  const listed = await listedFiles(partner, sampleId)
  const digestsStored = async () => {
    const stored = (await filesBelow(filesOf(web, sampleId))).filter((file) => path.basename(file) !== 'log')
    const digests = stored.map(async (file) => {
      const bytes = await readFile(file)
      // The variants alone lie packed.
      const given = file.endsWith('.bim.gz') ? gunzipSync(bytes) : bytes
      return createHash('sha256').update(given).digest('hex')
    })
    return (await Promise.all(digests)).sort()
  }
  // What an attempt that was killed had stored already is swept ten minutes later.
  await web.advance(LEFTOVER_SECONDS)
  await expect.poll(digestsStored).toEqual(listed.map((file) => file.checksum_sha256).sort())
  expect(listed.map((file) => file.file_type)).toContain('run-id')
}

test('a worker killed in mid-run: its command ends with it, the run starts again and ends once, whole', async ({
  web,
  owner,
  command,
  work,
}) => {
  test.setTimeout(60_000 + ROUNDS * COMES_BACK_SECONDS * 1_000)
  let worker = work(command.file)
  const sampleId = await send(web, owner, await smallExport(1))
  for (let round = 1; round <= ROUNDS; round++) {
    await untilStarted(command, round, COMES_BACK_SECONDS)
    expect(await lives((await command.started()).at(-1)!)).toBe(true)
    worker.signal('SIGKILL')
    expect(await worker.exited).toBe('SIGKILL')
    await untilGone((await command.started()).at(-1)!)
    expect(await listedFiles(owner, sampleId)).toEqual([])
    worker = work(command.file)
  }
  await command.letGo()
  await untilStatus(owner, sampleId, 'succeeded', { seconds: COMES_BACK_SECONDS })
  expect(await command.started()).toHaveLength(ROUNDS + 1)
  expect(await statusHistoryOf(owner, sampleId)).toEqual([
    'consumer awaiting data',
    'scheduled',
    ...Array.from({ length: ROUNDS + 1 }, () => 'running'),
    'succeeded',
  ])
  await expectWhole(web, owner, sampleId)
  expect(web.output() + worker.output()).not.toContain('secret-marker')
})

test('a worker stopped in mid-run hands it over: its command is ended in time, and the next worker ends the run', {
  tag: '@torture',
}, async ({ web, owner, command, work }) => {
  const stopped = work(command.file)
  const sampleId = await send(web, owner, await smallExport(2))
  await untilStarted(command, 1)
  stopped.signal('SIGTERM')
  expect(await stopped.exited).toBe(0)
  expect(stopped.output()).toContain('left for the next start or another worker')
  await untilGone((await command.started())[0]!)
  expect(await listedFiles(owner, sampleId)).toEqual([])
  await command.letGo()
  work(command.file)
  await untilStatus(owner, sampleId, 'succeeded', { seconds: COMES_BACK_SECONDS })
  await expectWhole(web, owner, sampleId)
})

test('a canceled run and its command end within seconds; the worker continues with the next run', {
  tag: '@torture',
}, async ({ web, owner, command, work }) => {
  const worker = work(command.file)
  const sampleId = await send(web, owner, await smallExport(3))
  await untilStarted(command, 1)
  const cancel = (ids: string[]) =>
    owner.call('POST', `/api/v2/project-cancel-samples/${owner.projectId}/`, { sample_ids: ids })
  const answer = await cancel([sampleId])
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { message: '1 sample(s) analysis canceled successfully' },
  ])
  expect((await statusHistoryOf(owner, sampleId)).at(-1)).toBe('canceled')
  await untilGone((await command.started())[0]!)
  await expect.poll(() => filesBelow(runsOf(web, sampleId))).toEqual([])
  expect(await listedFiles(owner, sampleId)).toEqual([])

  await command.letGo()
  const next = await send(web, owner, await smallExport(4))
  await untilStatus(owner, next, 'succeeded')
  expect((await statusHistoryOf(owner, sampleId)).at(-1)).toBe('canceled')
  const refused = await cancel([next])
  expect([refused.status, Object.keys((await refused.json()) as object)]).toEqual([400, ['sample_ids']])
  const empty = await cancel([])
  expect([empty.status, await empty.json()]).toEqual([400, { sample_ids: ['This list may not be empty.'] }])
  worker.signal('SIGTERM')
  expect(await worker.exited).toBe(0)
})

test('the documented example: its counts are a deliverable, and a poor sample fails quality control', async ({
  web,
  owner,
  work,
}) => {
  const worker = work(EXAMPLE)
  const sound = synthesizeExport({ vendor: 'ancestrydna', rows: 3_000, seed: 5 })
  const poor = synthesizeExport({ vendor: 'myheritage', rows: 3_000, seed: 6, callRate: 0.3 })
  const pack = async ({ text, innerName }: typeof sound) =>
    asFile(await packZip([{ name: innerName, bytes: text }]))
  const [soundId, poorId] = [
    await send(web, owner, await pack(sound)),
    await send(web, owner, await pack(poor)),
  ]

  await untilStatus(owner, soundId, 'succeeded')
  const counts = (await listedFiles(owner, soundId)).find((file) => file.file_type === 'calls-by-chromosome')!
  const { pathname, search } = new URL(counts.download_url)
  const { body } = await sendRequest(web.address, { method: 'GET', path: pathname + search })
  const lines = body.toString().trim().split('\n')
  expect(lines[0]).toBe('chromosome\trows\tcalls')
  const counted = Object.fromEntries(
    lines.slice(1).map((line) => [line.split('\t')[0], line.split('\t').slice(1)]),
  )
  for (const [label, { rows, noCalls }] of Object.entries(sound.truth.byChromosome)) {
    expect(counted[label], label).toEqual([String(rows), String(rows - noCalls)])
  }

  await untilStatus(owner, poorId, 'failed qc')
  const { last_status } = await owner.sample(poorId)
  expect(last_status.note).toContain(
    'analysis_command: Fewer than half of the genotypes are called on: 1, 2,',
  )
  expect((await listedFiles(owner, poorId)).map((file) => file.file_type)).toContain('calls-by-chromosome')

  const said = 'counted a file of ancestrydna, build 37'
  const log = (await filesBelow(runsOf(web, soundId))).find((file) => path.basename(file) === 'log')
  expect(await readFile(log!, 'utf8')).toContain(said)
  expect(web.output() + worker.output()).not.toContain(said)
})

test('an export of a project that imputes becomes a whole genome: typed as it was, all else marked, with its index, and its accuracy on the console', {
  tag: '@torture',
}, async ({ browser, panel, web, command, work }) => {
  const { id, key: capability } = capabilityOfPanel(panel.packed.manifest)
  const flags = ['--pipeline-capability', capability]
  const partner = await partnerOf(web, { rowsMin: ROWS_MIN, name: 'Imputed', flags })
  // The engine that stands in knows no haplotypes: what it is not shown does not come back.
  const { key } = await web.admin<{ key: string }>('create-api-key', '--role', 'manager')
  const changed = await partner.call(
    'PATCH',
    `/api/v2/projects/${partner.projectId}`,
    { settings: { impute_concordance_min: null } },
    { Authorization: `Api-Key ${key}` },
  )
  expect(await changed.json()).toMatchObject({ pipeline_capabilities: id })

  await command.letGo()
  const worker = work(command.file)
  const { genotypes } = aReading(panel.panel, 77)
  const read = synthesizeExport({ vendor: '23andme', rows: 6_000, seed: 11, sex: 'male', genotypes })
  const file = asFile(await packZip([{ name: read.innerName, bytes: read.text }]))
  const sampleId = await send(web, partner, file)
  await untilStatus(partner, sampleId, 'succeeded')

  const files = await listedFiles(partner, sampleId)
  expect(files.map((one) => one.file_type)).toEqual(expect.arrayContaining(['impute-vcf', 'impute-tbi']))
  const { pathname, search } = new URL(files.find((one) => one.file_type === 'impute-vcf')!.download_url)
  const packed = await (await fetch(`${web.address}${pathname}${search}`)).arrayBuffer()
  const lines = gunzipSync(packed).toString().trimEnd().split('\n')
  expect(lines).toContain(`##arraydrop_panel=${panel.packed.id}`)
  const flagsOf = lines.filter((line) => !line.startsWith('#')).map((line) => line.split('\t')[7])
  const typed = flagsOf.filter((flag) => flag === 'TYPED').length
  expect(typed).toBeGreaterThan(1_500)
  expect(flagsOf.filter((flag) => flag === 'IMP').length).toBe(
    panel.packed.manifest.regions.reduce((sum, { sites }) => sum + sites, 0) - typed,
  )
  const { results } = (await (
    await partner.call('GET', `/api/v2/sample-quality-controls/${sampleId}`)
  ).json()) as {
    results: { quality_control_type: { key: string } }[]
  }
  expect(results.map((check) => check.quality_control_type.key)).toContain('impute_overlap')

  const person = await aPerson(web, 'owner', 'Ada Owner')
  const { context, page } = await signedIn(browser, web, person)
  await page.goto(`${web.origin}/console/samples/${sampleId}?tab=quality`)
  await expect(
    page.getByRole('img', { name: /^Hidden markers by frequency: lowest .* at up to/ }),
  ).toBeVisible()
  await expect(page.getByRole('img', { name: /^Sure calls by chromosome: lowest .* on / })).toBeVisible()
  await expect(page.getByText(panel.packed.id)).toBeVisible()
  await expectAccessible(page, 'sample, imputed')
  await context.close()
  worker.signal('SIGTERM')
  expect(await worker.exited).toBe(0)
})
