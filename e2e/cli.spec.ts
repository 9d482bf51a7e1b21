import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { isPageOutcome, OUTCOMES, type OutcomeName } from '#lib/sessions/outcomes.ts'
import { expect, ROWS_MIN, test } from './fixtures.ts'
import { smallExport } from './raw/raw-export.ts'
import { rawPage, sendFile } from './raw/raw-page.ts'
import { sendRequest } from './raw/send-request.ts'
import { startProcess } from './raw/start-process.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import { type Service, startService } from './service/start-service.ts'
import { startUnsteadyProxy, type UnsteadyProxy } from './service/unsteady-proxy.ts'
import { startWebhookReceiver } from './service/webhook-receiver.ts'

test.describe.configure({ mode: 'serial' })

let service: Service
let partner: Partner
let proxy: UnsteadyProxy
let managerKey: string
let folder: string
let sampleId: string
/** The largest deliverable of the sample. */
let large: { file_type: string; size: number; checksum_sha256: string }

// A service of its own: webhooks of every other one may not reach this machine.
test.beforeAll(async () => {
  service = await startService({ ALLOW_PRIVATE_TARGETS: '1' })
  partner = await partnerOf(service, { rowsMin: ROWS_MIN })
  proxy = await startUnsteadyProxy(service.address)
  folder = await mkdtemp(path.join(os.tmpdir(), 'arraydrop-cli-'))
  const flags = ['--project', partner.projectId, '--role', 'manager']
  managerKey = (await service.admin<{ key: string }>('create-api-key', ...flags)).key
})
test.afterAll(async () => {
  await proxy?.stop()
  await service?.dispose()
  if (folder) await rm(folder, { recursive: true, force: true })
})

interface Ran {
  code: number | NodeJS.Signals
  stdout: string
  output: string
  json<Answer>(): Answer
}

interface Means {
  key?: string
  host?: string
  env?: Record<string, string | undefined>
}

const start = (args: string[], { key = partner.apiKey, host = service.address, env = {} }: Means = {}) =>
  startProcess('lib/cli/main.ts', args, {
    NODE_ENV: 'production',
    PATH: process.env.PATH,
    ARRAYDROP_HOST: host,
    ARRAYDROP_API_KEY: key,
    ...env,
  })

/** `arraydrop …`, told by its environment where the service is. No trace of a stack is ever shown. */
async function run(args: string[], means?: Means): Promise<Ran> {
  const started = start(args, means)
  const code = await started.exited
  expect(started.output()).not.toMatch(/\n\s+at /)
  return {
    code,
    stdout: started.stdout(),
    output: started.output(),
    json: () => JSON.parse(started.stdout()),
  }
}

const sha256 = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex')

test('a command explains itself with an example, and all of them with their exit codes', {
  tag: '@torture',
}, async () => {
  const { code, stdout } = await run(['sessions', 'create', '--help'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/Examples?:\n {2}arraydrop sessions create/)
  expect((await run(['--help'])).stdout).toContain('Exit codes:')
  // A reader that has had enough is no failure.
  const cut = `"$1" lib/cli/main.ts --help | true`
  const { stderr } = spawnSync('sh', ['-c', cut, 'sh', process.execPath], { encoding: 'utf8' })
  expect(stderr).not.toContain('EPIPE')
})

test('the exit code tells a typing error, a refusal and a service that is away apart', async () => {
  expect((await run(['sessions', 'mint'])).code).toBe(2)
  expect((await run(['sessions', 'create', '--metadata', '[1]'])).code).toBe(2)
  expect((await run(['samples', 'get', '..'])).code).toBe(2)
  expect((await run(['projects', 'list'], { host: 'localhost:3000' })).code).toBe(2)

  const refused = await run(['sessions', 'create', '--expires-in', '59'])
  expect(refused.code).toBe(1)
  expect(refused.output).toContain('expires_in: Ensure this value is greater than or equal to 60.')
  expect((await run(['projects', 'list'], { key: 'wrong.key' })).code).toBe(1)
  const forbidden = await run(['projects', 'create', 'Clinic'])
  expect(forbidden.output).toContain('Role needed: manager, owner. This key has: analyst in one project.')

  // A command for this machine names the installation, and refuses when a service here runs on another one.
  const admin = ['admin', 'verify-audit']
  const own = { DATA_DIR: service.dataDir }
  expect((await run(admin, { env: own })).output).toContain(`Installation: ${service.dataDir} · http`)
  const elsewhere = await run(admin, { env: { ...own, ARRAYDROP_DATA_ELSEWHERE: '/srv/other' } })
  expect(elsewhere.code).toBe(2)
  expect(elsewhere.output).toContain('Run it again with DATA_DIR=/srv/other')

  const away = await run(['projects', 'list'], { host: 'http://127.0.0.1:9' })
  expect(away.code).toBe(3)
  expect(away.output).toContain('http://127.0.0.1:9 does not answer')
})

test('a host and a key are kept for later commands, readable by their owner alone', {
  tag: '@torture',
}, async () => {
  const home = path.join(folder, 'home')
  const env = { HOME: home, ARRAYDROP_HOST: undefined, ARRAYDROP_API_KEY: undefined }
  const nothing = await run(['projects', 'list', '--host', service.address], { env })
  expect([nothing.code, nothing.output]).toEqual([1, expect.stringContaining('There is no API key')])

  const login = ['login', '--host', service.address, '--api-key', partner.apiKey]
  expect((await run(login, { env })).code).toBe(0)
  expect((await stat(path.join(home, '.config/arraydrop/config.json'))).mode & 0o777).toBe(0o600)
  const listed = await run(['projects', 'list', '--json'], { env })
  expect(listed.json<{ id: string }[]>().map(({ id }) => id)).toEqual([partner.projectId])
  // What is named on the command line, or given on standard input, goes before the environment.
  const other = { ...env, ARRAYDROP_API_KEY: 'of.another', ARRAYDROP_HOST: 'http://127.0.0.1:9' }
  const named = await run(['projects', 'list', '--json', '--profile', 'default'], { env: other })
  expect(named.json<{ id: string }[]>().map(({ id }) => id)).toEqual([partner.projectId])
  const piped = spawnSync(
    process.execPath,
    ['lib/cli/main.ts', 'login', '--host', service.address, '--profile', 'piped', '--json'],
    { env: { PATH: process.env.PATH, ...other } as never, input: `${managerKey}\n` },
  )
  expect(JSON.parse(String(piped.stdout))).toMatchObject({ profile: 'piped' })
  expect(await readFile(path.join(home, '.config/arraydrop/config.json'), 'utf8')).toContain(managerKey)

  // Standard input that never ends is waited for in words, and once it ends without a key, the environment's is taken.
  const args = ['lib/cli/main.ts', 'login', '--host', service.address, '--profile', 'late', '--json']
  const late = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, HOME: home, ARRAYDROP_API_KEY: managerKey } as never,
  })
  const [said] = (await once(late.stderr, 'data')) as [Buffer]
  expect(String(said)).toContain('Waiting for the key on standard input')
  late.stdin.end()
  expect(await once(late, 'exit')).toEqual([0, null])

  // The key is not sent to any other host.
  const elsewhere = await run(['projects', 'list', '--json', '--host', service.origin], { env })
  expect(elsewhere.code).not.toBe(0)
  expect(JSON.parse(elsewhere.output)).toMatchObject({ error: expect.any(String), exit_code: elsewhere.code })
  const host = service.address.replace('127.0.0.1', 'localhost')
  const unsent = await run(['projects', 'list', '--host', host], { env })
  expect(unsent.output).toContain(`The key that is kept is for ${service.address} alone.`)

  expect((await run(['logout'], { env })).code).toBe(0)
  expect((await run(['projects', 'list', '--host', service.address], { env })).code).toBe(1)
})

test('a proxy of the environment is used, except for this machine itself', async () => {
  const reached: string[] = []
  const { hostname, port } = new URL(service.address)
  const middle = createServer().on('connect', (request, socket) => {
    reached.push(request.url ?? '')
    const onward = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    for (const end of [socket, onward]) end.on('error', () => {})
  })
  middle.listen(0, '127.0.0.1')
  await once(middle, 'listening')
  const env = { HTTP_PROXY: `http://127.0.0.1:${(middle.address() as AddressInfo).port}` }
  const through = await run(['projects', 'list', '--json'], { host: 'http://upload.invalid', env })
  expect([through.code, reached]).toEqual([0, ['upload.invalid:80']])
  expect((await run(['projects', 'list'], { env })).code).toBe(0)
  expect(reached).toHaveLength(1)
  middle.close()
  const dead = await run(['projects', 'list'], {
    host: 'http://upload.invalid',
    env: { HTTP_PROXY: 'http://me:secret@127.0.0.1:9' },
  })
  expect([dead.code, dead.output]).toEqual([3, expect.stringContaining('the proxy http://127.0.0.1:9,')])
  expect(dead.output).not.toContain('secret')
  const socks = await run(['projects', 'list'], { env: { HTTP_PROXY: 'socks5://me:secret@127.0.0.1:9' } })
  expect([socks.code, socks.output]).toEqual([2, expect.stringContaining('HTTP_PROXY must be a URL')])
})

test('commands, options and their values are completed in bash', async () => {
  const script = path.join(folder, 'completion.bash')
  await writeFile(script, (await run(['completion', 'bash'])).stdout)
  const completed = (...typed: string[]) => {
    const words = ['arraydrop', ...typed].map((word) => JSON.stringify(word)).join(' ')
    const asking = `. ${script}; COMP_WORDS=(${words}); COMP_CWORD=${typed.length}; _arraydrop; echo "\${COMPREPLY[@]}"`
    return execFileSync('bash', ['-c', asking], { encoding: 'utf8' }).trim().split(' ')
  }
  expect(completed('se')).toEqual(['sessions'])
  expect(completed('sessions', 'c')).toEqual(['cancel', 'create'])
  expect(completed('sessions', 'create', '--exp')).toEqual(['--expires-in'])
  expect(completed('demo', '--outcome', 'c')).toEqual(['cut-off', 'canceled'])
  expect(completed('demo', '--outcome', '=', 'c')).toEqual(['cut-off', 'canceled'])
  // Not a command, where a folder is to follow.
  expect(completed('samples', 'download', '--to', 's')).toEqual([''])
})

for (const [shell, flags, asking] of [
  [
    'zsh',
    ['-f', '-c'],
    'compdef() { :; }; compadd() { print -r -- "$@"; }; . "$0"; words=(arraydrop demo --outcome c); CURRENT=4; _arraydrop',
  ],
  [
    'fish',
    ['--no-config', '-c'],
    "source $argv[1]; complete -C 'arraydrop demo --vendor 23andme --outcome c'",
  ],
] as const) {
  test(`values are completed in ${shell}`, async () => {
    test.skip(spawnSync(shell, ['-c', 'true']).status !== 0, `${shell}: none here`)
    const script = path.join(folder, `completion.${shell}`)
    await writeFile(script, (await run(['completion', shell])).stdout)
    const said = execFileSync(shell, [...flags, asking, script], { encoding: 'utf8' })
    expect(said.split(/\s+/)).toEqual(expect.arrayContaining(['cut-off', 'canceled']))
  })
}

test('a link is minted once per key, shown and canceled', async () => {
  const create = [
    'sessions',
    'create',
    '--json',
    '--metadata',
    '{"order":"cli-1"}',
    '--idempotency-key',
    'one',
  ]
  const link = (await run(create)).json<{ sample_id: string; url: string }>()
  expect(link.url).toContain('/array-data-upload?token=')
  expect((await run(create)).json<typeof link>().sample_id).toBe(link.sample_id)

  expect((await run(['sessions', 'cancel', link.sample_id, '--json'])).json()).toEqual({
    sample_id: link.sample_id,
    state: 'canceled',
  })
  const shown = await run(['sessions', 'get', link.sample_id])
  expect(shown.stdout).toMatch(/state +canceled/)
  expect(shown.stdout).toMatch(/^\S+ {2}canceled/m)
  const waited = await run(['samples', 'wait', link.sample_id, '--json'])
  expect(waited.code).toBe(4)
  expect(waited.json()).toMatchObject({ status: 'canceled' })
})

test('time passes for a link of a test project, and for no other', async () => {
  const tester = await partnerOf(service, { rowsMin: ROWS_MIN, name: 'Clock', flags: ['--test'] })
  const { sample_id } = await tester.mint()
  const advance = ['sessions', 'advance', sample_id, '--json']
  const some = await run([...advance, '--seconds', '60'], { key: tester.apiKey })
  expect(some.json()).toMatchObject({ state: 'minted' })
  expect((await run(advance, { key: tester.apiKey })).json()).toMatchObject({
    state: 'expired',
    reason: 'link_expired',
  })
  const other = await partner.mint()
  const refused = await run(['sessions', 'advance', other.sample_id])
  expect(refused.code).toBe(1)
  expect(refused.output).toContain('test project')
})

test('a sample is waited for, found, described and renamed', async () => {
  const create = ['sessions', 'create', '--json', '--metadata', '{"order":"cli-2"}']
  const link = (await run(create)).json<{ sample_id: string; url: string }>()
  sampleId = link.sample_id
  const timedOut = await run(['samples', 'wait', sampleId, '--timeout', '0'])
  expect(timedOut.code).toBe(4)
  expect(timedOut.output).toContain('still consumer awaiting data')

  const waiting = start(['samples', 'wait', sampleId, '--json'])
  const page = rawPage(service, link)
  await page.open()
  await sendFile(page, await smallExport(11, { rows: 30_000, stored: true }))
  expect(await waiting.exited).toBe(0)
  expect(JSON.parse(waiting.stdout())).toMatchObject({ id: sampleId, status: 'succeeded' })

  const found = await run(['samples', 'list', '--search', 'cli-2', '--json'])
  expect(found.json<{ id: string }[]>().map(({ id }) => id)).toEqual([sampleId])
  expect((await run(['samples', 'list', '--max', '1'])).stdout.trim().split('\n')).toHaveLength(1)
  expect((await run(['samples', 'list', '--search', 'nowhere'])).output).toContain('No samples.')

  expect((await run(['samples', 'set-metadata', sampleId, '{"paid":true}', '--json'])).json()).toEqual({
    metadata: { paid: true },
  })
  const shown = await run(['samples', 'get', sampleId])
  expect(shown.stdout).toMatch(/status +succeeded/)
  expect(shown.stdout).not.toContain('signature=')
  const { files } = (await run(['samples', 'get', sampleId, '--json'])).json<{ files: (typeof large)[] }>()
  large = files.toSorted((one, other) => other.size - one.size)[0]!
  expect(large.size).toBeGreaterThan(200_000)
})

interface Fetched {
  path: string
  sha256: string
  size: number
  resumed_from: number
}

test('deliverables arrive whole, and are not fetched twice', async () => {
  const to = path.join(folder, 'all')
  const first = (await run(['samples', 'download', sampleId, '--to', to, '--json'])).json<Fetched[]>()
  expect(first.length).toBeGreaterThan(3)
  for (const file of first) expect(await sha256(file.path)).toBe(file.sha256)
  expect((await readdir(to)).filter((name) => name.endsWith('.part'))).toEqual([])

  await writeFile(first[0]!.path, 'something else')
  proxy.ranges.length = 0
  const again = await run(['samples', 'download', sampleId, '--to', to, '--json'], { host: proxy.address })
  expect(again.json<Fetched[]>().map((file) => file.sha256)).toEqual(first.map((file) => file.sha256))
  expect(proxy.ranges).toEqual([null])
  expect(await sha256(first[0]!.path)).toBe(first[0]!.sha256)

  const unknown = await run(['samples', 'download', sampleId, '--file-type', 'nonsense'])
  expect(unknown.code).toBe(2)
  expect(unknown.output).toContain(large.file_type)
})

const download = (to: string) => [
  ...['samples', 'download', sampleId, '--json'],
  ...['--to', path.join(folder, to), '--file-type', large.file_type],
]

/** Bytes of the one unfinished download in a folder. */
async function partBytes(to: string): Promise<number> {
  const at = path.join(folder, to)
  const part = (await readdir(at).catch(() => [])).find((name) => name.endsWith('.part'))
  return part === undefined ? 0 : (await stat(path.join(at, part))).size
}

const untilPartHas = (to: string, bytes: number) =>
  expect.poll(() => partBytes(to), { intervals: [20] }).toBe(bytes)

test('a download whose connection is cut goes on where it stopped', async () => {
  proxy.ranges.length = 0
  proxy.faults.push({ kind: 'stall', after: 70_000 }, { kind: 'stall', after: 50_000 })
  const downloading = start(download('cut'), { host: proxy.address })
  for (const bytes of [70_000, 120_000]) {
    await untilPartHas('cut', bytes)
    proxy.drop()
  }
  expect(await downloading.exited).toBe(0)
  const [fetched] = JSON.parse(downloading.stdout()) as Fetched[]
  expect(await sha256(fetched!.path)).toBe(large.checksum_sha256)
  expect(proxy.ranges).toEqual([null, 'bytes=70000-', 'bytes=120000-'])
})

test('a download that was killed goes on when it is started again', async () => {
  proxy.faults.push({ kind: 'stall', after: 80_000 })
  const killed = start(download('killed'), { host: proxy.address })
  await untilPartHas('killed', 80_000)
  killed.signal('SIGKILL')
  await killed.exited

  const [fetched] = (await run(download('killed'))).json<Fetched[]>()
  expect(fetched!.resumed_from).toBe(80_000)
  expect(await sha256(fetched!.path)).toBe(large.checksum_sha256)
  expect(await readdir(path.join(folder, 'killed'))).toEqual([path.basename(fetched!.path)])
})

test('bytes that are not the right ones are not kept', async () => {
  proxy.faults.push({ kind: 'change' })
  const fetched = await run(download('changed'), { host: proxy.address })
  expect(fetched.code).toBe(5)
  expect(fetched.output).toContain('SHA-256')
  expect(await readdir(path.join(folder, 'changed'))).toEqual([])
})

test('a download that never gets further ends, and what came stays', async () => {
  const [name] = await readdir(path.join(folder, 'killed'))
  const whole = await readFile(path.join(folder, 'killed', name!))
  await mkdir(path.join(folder, 'hopeless'))
  await writeFile(path.join(folder, 'hopeless', `${name}.part`), whole.subarray(0, 60_000))
  for (let fault = 0; fault < 10; fault++) proxy.faults.push({ kind: 'cut' })
  const hopeless = await run(download('hopeless'), { host: proxy.address })
  proxy.faults.length = 0
  expect(hopeless.code).toBe(3)
  expect(await partBytes('hopeless')).toBe(60_000)
  const [done] = (await run(download('hopeless'))).json<Fetched[]>()
  expect(done!.resumed_from).toBe(60_000)
})

test('a beginning that is not of this file is thrown away', async () => {
  const [name] = await readdir(path.join(folder, 'killed'))
  await mkdir(path.join(folder, 'foreign'))
  await writeFile(path.join(folder, 'foreign', `${name}.part`), 'something else')
  const [fetched] = (await run(download('foreign'))).json<Fetched[]>()
  expect(fetched!.resumed_from).toBe(0)
  expect(await sha256(fetched!.path)).toBe(large.checksum_sha256)
})

test('projects are listed, created and changed by keys that may', { tag: '@torture' }, async () => {
  const listed = (await run(['projects', 'list', '--json'])).json<{ id: string }[]>()
  expect(listed.map(({ id }) => id)).toEqual([partner.projectId])
  expect((await run(['projects', 'create', 'Clinic'])).code).toBe(1)

  const { key } = await service.admin<{ key: string }>('create-api-key', '--role', 'manager')
  const made = (await run(['projects', 'create', 'Clinic', '--json'], { key })).json<{ id: string }>()
  const found = await run(['projects', 'list', '--search', 'Clinic'], { key })
  expect(found.stdout).toContain(made.id)
  const set = await run(['projects', 'set', made.id, 'failure_redirect=immediate', 'raw_file_days=30'], {
    key,
  })
  expect(set.stdout).toMatch(/failure_redirect +immediate\nraw_file_days +30\n/)
  expect((await run(['projects', 'set', made.id, 'failure_redirect=later'], { key })).code).toBe(1)
  expect((await run(['projects', 'set', made.id, 'failure_redirect'], { key })).code).toBe(2)
  const chosen = ['projects', 'set', made.id, '--pipeline-capability']
  expect((await run([...chosen, 'import/fastq/v1'], { key })).stdout).toMatch(
    /pipeline_capability +import\/fastq\/v1\n/,
  )
  const unknown = await run([...chosen, 'array/human/grch37/1000g'], { key })
  expect([unknown.code, unknown.output]).toEqual([1, expect.stringContaining('  array/human/grch37/v1')])
  expect((await run(['projects', 'set', made.id], { key })).code).toBe(2)
  // Several projects: which one is not guessed.
  expect((await run(['samples', 'list'], { key })).code).toBe(2)
})

test('a sample is hidden and shown again, and a project is counted and deleted whole', {
  tag: '@torture',
}, async () => {
  const { key } = await service.admin<{ key: string }>('create-api-key', '--role', 'manager')
  const project = (await run(['projects', 'create', 'Passing', '--json'], { key })).json<{ id: string }>()
  const minted = await sendRequest(service.address, {
    method: 'POST',
    path: '/api/v2/array-data-upload-form/',
    headers: { Authorization: `Api-Key ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ project_id: project.id }),
  })
  const { sample_id } = minted.json<{ sample_id: string }>()
  const listed = async (...more: string[]) =>
    (await run(['samples', 'list', '--project', project.id, '--json', ...more], { key }))
      .json<{ id: string }[]>()
      .map(({ id }) => id)

  expect((await run(['samples', 'hide', sample_id], { key })).stdout).toContain(sample_id)
  expect([await listed(), await listed('--hidden', 'hidden')]).toEqual([[], [sample_id]])
  expect((await run(['samples', 'unhide', sample_id], { key })).code).toBe(0)
  expect([await listed(), await listed('--hidden', 'hidden')]).toEqual([[sample_id], []])

  const stats = await run(['projects', 'stats', project.id, '--json'], { key })
  expect(stats.json()).toMatchObject({ counts: { total_samples: 1 } })
  expect((await run(['projects', 'delete', project.id], { key })).stdout).toContain(project.id)
  expect((await run(['samples', 'get', sample_id], { key })).code).toBe(1)
  expect((await run(['projects', 'delete', project.id], { key })).code).toBe(1)
})

test('webhooks are heard, checked, passed on and delivered again, and nothing is left behind', {
  tag: '@torture',
}, async () => {
  const receiver = await startWebhookReceiver()
  const subscriptions = async () => {
    const answer = await partner.call('GET', `/api/v2/project-subscriptions/${partner.projectId}`)
    return ((await answer.json()) as { results: { id: string }[] }).results
  }
  const manager = { key: managerKey }
  const listening = start(['webhooks', 'listen', '--json', '--forward-to', receiver.url], manager)
  await listening.says('Listening on')
  // What a receiver needs to check the deliveries, before the first one comes.
  expect(listening.output()).toMatch(/^Secret: [A-Za-z0-9+/=]{32}\nListening on/)
  const [{ id } = { id: '' }] = await subscriptions()
  const lines = () =>
    listening
      .stdout()
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))

  const { notification } = (await run(['webhooks', 'trigger', id, '--json'], manager)).json<{
    notification: string
  }>()
  await expect.poll(lines).toHaveLength(1)
  expect(lines()[0]).toMatchObject({ event_type: 'analysis_complete_v2', genuine: true, answered: 200 })
  await expect.poll(() => receiver.delivered.length).toBe(1)
  const { headers, body } = receiver.delivered[0]!
  expect(body).toBe(lines()[0].body)

  receiver.answer(500)
  expect((await run(['webhooks', 'resend', notification], manager)).code).toBe(0)
  await expect.poll(lines).toHaveLength(2)
  expect(lines()[1]).toMatchObject({ genuine: true, answered: 500 })
  const range = ['--subscription', id, '--from', '2000-01-01T00:00:00Z', '--json']
  expect((await run(['webhooks', 'resend', ...range], manager)).json()).toEqual({
    queued: expect.any(Number),
  })
  expect((await run(['webhooks', 'resend'], manager)).code).toBe(2)

  // Another secret than the one that signed: the same bytes are not genuine.
  const wrong = Buffer.alloc(24, 7).toString('base64')
  expect((await run(['webhooks', 'verify', wrong, headers['gencove-signature']!, body])).code).toBe(5)

  listening.signal('SIGTERM')
  expect(await listening.exited).toBe(0)
  expect(await subscriptions()).toEqual([])

  // With a secret of one's own, the receiver needs no other for this session.
  const own = Buffer.alloc(24, 5).toString('base64')
  receiver.answer(200)
  const again = start(
    ['webhooks', 'listen', '--count', '1', '--secret', own, '--forward-to', receiver.url],
    manager,
  )
  await again.says('Listening on')
  const [opened = { id: '' }] = await subscriptions()
  // Not by `webhooks trigger`, which may look at the notification when its subscription is gone already.
  const tested = await fetch(`${service.address}/api/v2/project-subscription-test/${opened.id}`, {
    method: 'POST',
    headers: { Authorization: `Api-Key ${managerKey}`, 'Content-Type': 'application/json' },
    body: '{}',
  })
  expect(tested.ok).toBe(true)
  expect(await again.exited).toBe(0)
  const forwarded = receiver.delivered.at(-1)!
  const check = ['webhooks', 'verify', own, forwarded.headers['gencove-signature']!, forwarded.body]
  expect((await run(check)).code).toBe(0)

  // One that stays, with its secret.
  const made = (await run(['webhooks', 'subscribe', receiver.url, '--json'], manager)).json<{
    subscription: string
    secret: string
  }>()
  const twice = await run(['webhooks', 'subscribe', receiver.url], manager)
  expect([twice.code, twice.output]).toEqual([1, expect.stringContaining(made.subscription)])
  expect((await subscriptions()).map(({ id }) => id)).toEqual([made.subscription])
  expect((await run(['webhooks', 'trigger', made.subscription], manager)).code).toBe(0)
  await expect.poll(() => receiver.delivered.at(-1)).not.toBe(forwarded)
  const last = receiver.delivered.at(-1)!
  const checkIt = ['webhooks', 'verify', made.secret, last.headers['gencove-signature']!, last.body]
  expect((await run(checkIt)).code).toBe(0)
  // Where the receiver is down, or refuses, the command says so.
  receiver.answer(500)
  const refused = await run(['webhooks', 'trigger', made.subscription, '--json'], manager)
  expect(refused.code).toBe(1)
  expect(refused.json()).toMatchObject({ status: 'failed', response_status: 500 })
  await receiver.stop()
  const down = await run(['webhooks', 'trigger', made.subscription, '--json'], manager)
  expect(down.code).toBe(1)
  expect(down.json()).toMatchObject({ status: 'failed', response_status: null })
  // A notification that is gone with its subscription may have been taken or not.
  const gone = createServer((request, response) => {
    response.writeHead(request.method === 'POST' ? 200 : 404, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify({ notification, detail: 'Not found.' }))
  })
  gone.listen(0, '127.0.0.1')
  await once(gone, 'listening')
  const host = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`
  const unknown = await run(['webhooks', 'trigger', made.subscription, '--json'], { ...manager, host })
  expect([unknown.code, unknown.json<{ status: string }>().status]).toEqual([1, 'unknown'])
  gone.close()
})

test("a signature made by Gencove's documentation is genuine, and a changed byte is not", async () => {
  const body =
    '[{"event_id": "d379a51e-c213-466a-ba90-dc7179d522e6", "event_type": "analysis_complete_v2", "timestamp": "2021-05-05T14:38:39.925680Z", "payload": {"project": {"id": "9832e5c9-80e8-4852-9517-7489d6be74a3"}, "samples": [{"id": "798a1101-bac1-40d8-9f11-51db2b856bc7", "client_id": "s1", "last_status": {"status": "failed qc"}}]}}]'
  const signature =
    't=1620225520,v1=97048035c391aba9dde79b6c1ccd89c4a6625311e0f36ffa11cb5ac91a831f42596cb6fb665b531ee5beb33cfcfecf7b721fa1e595dfef188020e4b4250c689e'
  const file = path.join(folder, 'body.json')
  await writeFile(file, body)
  expect((await run(['webhooks', 'verify', 'S3cret', signature, `@${file}`, '--json'])).json()).toEqual({
    genuine: true,
  })
  expect((await run(['webhooks', 'verify', 'S3cret', signature, `${body} `])).code).toBe(5)
})

test('every outcome can be had on demand', { tag: '@torture' }, async () => {
  test.setTimeout(300_000)
  const outcomes: OutcomeName[] = [
    'edited',
    'too-large',
    'left',
    'unreadable',
    'canceled',
    'expired',
    'session-expired',
    'link-invalid',
    'already-uploaded',
    'network-error',
  ]
  if (process.env.ARRAYDROP_TORTURE === '1')
    outcomes.splice(0, outcomes.length, ...(Object.keys(OUTCOMES) as OutcomeName[]))
  // For these, time passes at once; and a link with its token in the fragment is as good as any.
  const flags = ['--test', '--link-form', 'fragment']
  const tester = await partnerOf(service, { rowsMin: ROWS_MIN, name: 'Trials', flags })
  const seen: Record<string, unknown> = {}
  for (const outcome of outcomes) {
    const by = outcome === 'canceled' ? partner : tester
    const { code, stdout } = await run(['demo', '--outcome', outcome, '--json'], { key: by.apiKey })
    const { sample_id, status, refusal } = JSON.parse(stdout)
    const answer = await by.call('GET', `/api/v2/array-data-upload-form/${sample_id}`)
    const { reason, events } = (await answer.json()) as {
      reason: string | null
      events: { kind: string; reason: string | null; detail: string | null }[]
    }
    const last = events.findLast((event) => event.reason !== null)
    const told = reason ?? last?.reason ?? null
    if (isPageOutcome(outcome)) expect(told, 'what others than the page are told').toBeNull()
    seen[outcome] = { code, status, reason: told ?? refusal?.reason ?? null, detail: last?.detail ?? null }
  }
  const expected = outcomes.map((name) => {
    const { status, reason, detail } = OUTCOMES[name]
    return [name, { code: 0, status, reason, detail }]
  })
  expect(seen).toEqual(Object.fromEntries(expected))
})

const PROJECT_ROOT = path.resolve(import.meta.dirname, '..')

test("the commands of README's four steps do what it says, word for word", async () => {
  const here = (command: string, env: Record<string, string | undefined> = {}) =>
    execFileSync('sh', ['-ec', command], {
      cwd: PROJECT_ROOT,
      encoding: 'utf8',
      env: { ...service.environment, ...env },
    })
  test.skip(spawnSync('curl', ['--version']).error !== undefined, 'README by curl: no curl here')
  const readme = await readFile(path.join(PROJECT_ROOT, 'README.md'), 'utf8')
  const [, steps = ''] = /^## Integrate in four steps\n(.*?)^## /ms.exec(readme) ?? []
  const blocks = [...steps.matchAll(/^```(?:sh|json)\n(.*?)^```$/gms)].map(([, text]) =>
    text!.replaceAll('http://localhost:3000', service.address),
  )
  expect(blocks).toHaveLength(4)
  const [makeKey, mint, answer, read] = blocks as [string, string, string, string]
  await service.admin('create-project', 'demo')
  // The key is copied by hand: the last line stands for that.
  const [command = '', pasted = ''] = makeKey.split('export ARRAYDROP_API_KEY=')
  expect(pasted.trim()).toBe('…')
  const key = /\bkey:?\s+(\S+\.\S+)/.exec(here(command))?.[1]
  const link = JSON.parse(here(mint, { ARRAYDROP_API_KEY: key })) as { sample_id: string }
  expect(Object.keys(link)).toEqual(Object.keys(JSON.parse(answer)))
  const sample = JSON.parse(here(read, { ARRAYDROP_API_KEY: key, SAMPLE_ID: link.sample_id }))
  expect(sample).toMatchObject({ id: link.sample_id, last_status: { status: 'consumer awaiting data' } })
})

test('a sample is deleted for good by a manager alone', async () => {
  expect((await run(['samples', 'delete', sampleId])).code).toBe(1)
  expect((await run(['samples', 'delete', sampleId, '--json'], { key: managerKey })).json()).toEqual({
    deleted: [sampleId],
  })
  const gone = await run(['samples', 'get', sampleId])
  expect(gone.code).toBe(1)
  expect(gone.output).toContain('Not found.')
})
