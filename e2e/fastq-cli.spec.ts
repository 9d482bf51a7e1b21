import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, ROWS_MIN, test } from './fixtures.ts'
import { startProcess } from './raw/start-process.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import { type Service, startService } from './service/start-service.ts'

test.describe.configure({ mode: 'serial' })

const SECRET = 'signature=MarkerOfASignature'
const FASTQ = gzipSync('@read\nACGT\n+\nIIII\n'.repeat(100))

/** A cloud with one small FASTQ file below every name; names tell what goes wrong. */
async function startCloud() {
  let asked = 0
  const stalled: (() => void)[] = []
  const answer = (name: string, response: ServerResponse) => {
    if (name.includes('missing')) return void response.writeHead(404).end()
    response.writeHead(206, {
      'Content-Range': `bytes 0-${FASTQ.length - 1}/${FASTQ.length}`,
      'Content-Length': FASTQ.length,
    })
    response.end(FASTQ)
  }
  const server = createServer((request, response) => {
    asked += 1
    const name = request.url!.split('?')[0]!
    if (name.includes('stalled')) stalled.push(() => answer(name, response))
    else answer(name, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: (name: string) => `${origin}/${name}.fastq.gz?${SECRET}`,
    asked: () => asked,
    stalled: () => stalled.length,
    release() {
      for (const one of stalled.splice(0)) one()
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Samples of one call of the command, each with two files. */
const MANY = process.env.ARRAYDROP_TORTURE === '1' ? 500 : 60

let service: Service
let partner: Partner
let cloud: Awaited<ReturnType<typeof startCloud>>
let folder: string

// A service of its own: every other one fetches nothing from this machine.
test.beforeAll(async () => {
  service = await startService({ ALLOW_PRIVATE_TARGETS: '1' })
  partner = await partnerOf(service, { rowsMin: ROWS_MIN })
  cloud = await startCloud()
  folder = await mkdtemp(path.join(os.tmpdir(), 'arraydrop-fastq-cli-'))
})
test.afterAll(async () => {
  cloud?.release()
  await service?.dispose()
  await cloud?.stop()
  if (folder) await rm(folder, { recursive: true, force: true })
})

const start = (...args: string[]) =>
  startProcess('lib/cli/main.ts', args, {
    NODE_ENV: 'production',
    PATH: process.env.PATH,
    ARRAYDROP_HOST: service.address,
    ARRAYDROP_API_KEY: partner.apiKey,
  })

/** `arraydrop …`. Neither a stack nor anything of a signature is ever shown. */
async function run(...args: string[]) {
  const started = start(...args)
  const code = await started.exited
  expect(started.output()).not.toMatch(/\n\s+at |MarkerOf/)
  return { code, stdout: started.stdout(), output: started.output() }
}

async function json<Answer>(...args: string[]): Promise<Answer> {
  const { code, stdout, output } = await run(...args, '--json')
  expect([code, output]).toEqual([0, expect.any(String)])
  return JSON.parse(stdout)
}

async function writeMap(name: string, rows: (readonly [clientId: string, r: string, name: string])[]) {
  const file = path.join(folder, `${name}.fastq-map.csv`)
  const lines = rows.map(([clientId, r, source]) => `${clientId},${r},${cloud.url(source)}`)
  await writeFile(file, ['client_id,r_notation,path', ...lines].join('\n'))
  return file
}

interface SheetRow {
  client_id: string
  fastq: Record<'r1' | 'r2', { upload: string } | undefined>
}

const sheet = (search: string, status = 'all') =>
  json<SheetRow[]>('fastqs', 'list', '--search', search, '--status', status, '--max', '5000')

test('everything wrong with a map is listed before anything is sent', async () => {
  const file = await writeMap('wrong', [
    ['s1', 'R1', 'a'],
    ['s_2', 'R3', 'b'],
    ['s3', 'R2', 'c'],
  ])
  const amz = 'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA&X-Amz-SignedHeaders=host'
  const expired = `https://b.s3.amazonaws.com/a.fq.gz?${amz}&X-Amz-Date=20200101T000000Z&X-Amz-Expires=60&X-Amz-Signature=MarkerOf`
  await writeFile(file, `\ns4,R1,${expired}`, { flag: 'a' })
  const asked = cloud.asked()
  const { code, stdout, output } = await run('upload', file, 'gncv://wrong')
  expect([code, stdout]).toEqual([1, ''])
  expect(output.trim().split('\n')).toEqual([
    'Error: 4 faults in wrong.fastq-map.csv, nothing was sent:',
    expect.stringMatching(/^ {2}line 3, client_id: Underscore/),
    expect.stringMatching(/^ {2}line 3, r_notation: Wrong R notation/),
    expect.stringMatching(/^ {2}line 4, r_notation: R2 without an R1/),
    expect.stringMatching(/^ {2}line 5, path: The URL has expired, at 2020-01-01T00:01:00Z/),
  ])
  expect(cloud.asked()).toBe(asked)
  expect(await sheet('gncv://wrong/')).toEqual([])

  const good = await writeMap('dry', [['s1', 'R1', 'a']])
  expect(await json('upload', good, '--dry-run')).toEqual({ files: 1, samples: 1, dry_run: true })
  expect(cloud.asked()).toBe(asked)
})

test('the exit code tells a typing error and a refusal apart', async () => {
  const file = await writeMap('codes', [['s1', 'R1', 'a']])
  expect((await run('upload', file, 's3://elsewhere')).code).toBe(2)
  const nowhere = await run('upload', file, '--run-project-id', '33333333-3333-4333-8333-333333333333')
  expect(nowhere.code).toBe(1)
  expect(nowhere.output).toContain('Project does not exist or you do not have privileges to access it.')
  expect((await run('upload', file, '--api-key', 'wrong.key')).code).toBe(1)
})

test('a map becomes samples with their metadata, written down as Gencove writes them', async () => {
  const file = await writeMap('journey', [
    ['s1', 'R2', 's1-second'],
    ['s1', 'R1', 's1-first'],
    ['s2', 'r1', 's2'],
  ])
  const output = path.join(folder, 'new/samples.json')
  const { code, output: said } = await run(
    ...['upload', file, '--run-project-id', partner.projectId],
    ...['--metadata', '{"batch":"july"}', '--output', output],
  )
  expect(said).toContain(`Assigned samples response outputted to ${output}`)
  expect(code).toBe(0)
  const text = await readFile(output, 'utf8')
  const samples = JSON.parse(text) as { client_id: string; fastq: object; sample: string }[]
  expect(text).toBe(`${JSON.stringify(samples, null, 4)}\n`)
  expect(samples.map(({ client_id, fastq }) => [client_id, Object.keys(fastq)])).toEqual([
    ['s1', ['r1', 'r2']],
    ['s2', ['r1']],
  ])
  for (const { client_id, sample } of samples) {
    expect(await partner.sample(sample)).toMatchObject({ client_id })
    const metadata = await partner.call('GET', `/api/v2/sample-metadata/${sample}`)
    expect(await metadata.json()).toEqual({ metadata: { batch: 'july' } })
  }
  const destination = /uploaded to: (gncv:\S+)/.exec(said)![1]!
  expect(await sheet(destination, 'unassigned')).toEqual([])
  expect(await sheet(destination, 'assigned')).toHaveLength(2)
  expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([])
})

test('files without a project wait, are found, assigned and deleted', { tag: '@torture' }, async () => {
  const file = await writeMap('waiting', [
    ['w1', 'R1', 'w1'],
    ['w2', 'R1', 'w2'],
    ['w3', 'R1', 'w3'],
  ])
  const { uploads } = await json<{ uploads: { client_id: string; upload: string }[] }>(
    'upload',
    file,
    'gncv://waiting',
  )
  expect(uploads.map(({ client_id }) => client_id)).toEqual(['w1', 'w2', 'w3'])
  expect((await run('fastqs', 'list', '--search', 'gncv://waiting')).stdout).toContain(uploads[1]!.upload)

  const assign = ['fastqs', 'assign', 'gncv://waiting']
  // An R1 alone is a sample of single-end reads only when that is said: its R2 may have been refused.
  const alone = await run(...assign, '--client-id', 'w2')
  expect([alone.code, alone.output]).toEqual([2, expect.stringContaining('There is no R2 of w2.')])
  assign.push('--single-end')
  const [assigned] = await json<{ client_id: string; sample: string }[]>(...assign, '--client-id', 'w2')
  expect(await partner.sample(assigned!.sample)).toMatchObject({ client_id: 'w2' })
  // What is named and not there is no wrong usage; nothing to do is no failure.
  const again = await run(...assign, '--client-id', 'w2', 'w3')
  expect([again.code, again.output]).toEqual([1, expect.stringContaining('no unassigned files of "w2"')])
  expect(await json('fastqs', 'assign', 'gncv://nothing')).toEqual([])

  const deleted = { deleted: [uploads[0]!.upload] }
  expect(await json('fastqs', 'delete', uploads[0]!.upload)).toEqual(deleted)
  expect(await json('fastqs', 'delete', '--destination', 'gncv://waiting')).toEqual({
    deleted: [uploads[2]!.upload],
  })
  expect((await sheet('gncv://waiting/')).map(({ client_id }) => client_id)).toEqual(['w2'])
  expect((await run('fastqs', 'delete', uploads[1]!.upload)).code).toBe(1)
})

test('rows that the service refuses are named; once corrected, only they are sent', async () => {
  const rows = [
    ['m1', 'R1', 'm1'],
    ['m2', 'R1', 'missing-2'],
    ['m3', 'R1', 'm3'],
    ['m4', 'R1', 'missing-4'],
  ] as const
  const upload = ['upload', await writeMap('mended', [...rows]), '--run-project-id', partner.projectId]
  const refused = await run(...upload)
  expect(refused.code).toBe(1)
  expect(refused.output).toMatch(
    /2 faults in mended.*2 of 4 files are uploaded:\n {2}line 3: .+\n {2}line 5: /,
  )

  await writeMap('mended', [rows[0], ['m2', 'R1', 'm2'], rows[2], ['m4', 'R1', 'm4']])
  const asked = cloud.asked()
  const { uploads, samples } = await json<Record<'uploads' | 'samples', unknown[]>>(...upload)
  expect([uploads!.length, samples!.length, cloud.asked() >= asked + 2]).toEqual([4, 4, true])
})

test('an R2 whose R1 was refused is found by its destination', { tag: '@torture' }, async () => {
  const file = await writeMap('alone', [
    ['l1', 'R1', 'missing-1'],
    ['l1', 'R2', 'l1'],
  ])
  expect((await run('upload', file, 'gncv://alone')).code).toBe(1)
  expect(await sheet('gncv://alone/')).toEqual([])
  const { deleted } = await json<{ deleted: string[] }>('fastqs', 'delete', '--destination', 'gncv://alone')
  expect(deleted).toHaveLength(1)
})

test('an upload that was killed resumes, and nothing is duplicated', async () => {
  const names = Array.from({ length: 24 }, (_, at) => `k${at}`)
  const file = await writeMap(
    'killed',
    names.map((name, at) => [name, 'R1', at < 12 ? name : `stalled-${name}`]),
  )
  const upload = ['upload', file, '--run-project-id', partner.projectId]
  const killed = start(...upload)
  await expect.poll(() => cloud.stalled()).toBeGreaterThan(3)
  killed.signal('SIGKILL')
  await killed.exited

  const again = start(...upload, '--json')
  // What stalls is asked for four at a time.
  const releasing = setInterval(() => cloud.release(), 20)
  try {
    expect([await again.exited, again.output()]).toEqual([0, expect.any(String)])
  } finally {
    clearInterval(releasing)
  }
  const { destination, samples } = JSON.parse(again.stdout()) as { destination: string; samples: unknown[] }
  expect(samples).toHaveLength(24)
  expect((await sheet(destination)).map(({ client_id }) => client_id).sort()).toEqual(names.sort())
})

test(`${MANY * 2} files are handed over and become samples`, { tag: '@torture' }, async () => {
  const file = await writeMap(
    'many',
    Array.from({ length: MANY }, (_, at) => [
      [`t${at}`, 'R1', `t${at}-1`] as const,
      [`t${at}`, 'R2', `t${at}-2`] as const,
    ]).flat(),
  )
  const begun = performance.now()
  const upload = ['upload', file, 'gncv://many', '--run-project-id', partner.projectId]
  const { uploads, samples } = await json<Record<'uploads' | 'samples', unknown[]>>(...upload)
  test
    .info()
    .annotations.push({ type: 'seconds', description: ((performance.now() - begun) / 1_000).toFixed(1) })
  expect([uploads!.length, samples!.length]).toEqual([MANY * 2, MANY])
  expect(await sheet('gncv://many/')).toHaveLength(MANY)
})

test('no log of the service contains a signature', () => {
  expect(service.output()).not.toContain('MarkerOf')
})
