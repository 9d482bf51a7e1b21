import { execFile } from 'node:child_process'
import { createHmac, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { Validator } from '@seriousme/openapi-schema-validator'
import { freePort } from '#lib/testing/free-port.ts'
import { signDelivery } from '#lib/webhooks/sign-delivery.ts'
import { aPerson } from './browser/console-page.ts'
import { expectAccessible, expectNoSidewaysScroll } from './browser/state-checks.ts'
import { expect, ROWS_MIN, test } from './fixtures.ts'
import { keepDoctorReport } from './raw/keep-doctor-report.ts'
import { smallExport } from './raw/raw-export.ts'
import { openedPage, rawPage, sendFile } from './raw/raw-page.ts'
import { untilStatus } from './raw/sample-state.ts'
import { sendRequest } from './raw/send-request.ts'
import { loadContract } from './service/contract.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import { type Service, startService } from './service/start-service.ts'

const DOCUMENT = '/api/v2/openapi.json'
const LANGUAGES = ['curl', 'python', 'typescript'] as const
const TORTURE = process.env.ARRAYDROP_TORTURE === '1'
/** `npm test` runs what is shown in the language whose program starts soonest; the same in the others is left to `npm run torture`. */
const tagOf = (language: Language) => (language === 'curl' ? [] : '@torture')
type Language = (typeof LANGUAGES)[number]

let service: Service
let partner: Partner
let managerKey: string
/** Whom examples are about. No owner: the last one may not become less. */
let person: Awaited<ReturnType<typeof aPerson>>
let folder: string
/** Where a FASTQ file lies. */
let cloud: { origin: string; server: Server }

// A service of its own: programs know no `app.localhost`, and webhooks of every other one may not reach this machine.
test.beforeAll(async () => {
  const port = String(await freePort())
  service = await startService({
    PORT: port,
    PUBLIC_URL: `http://localhost:${port}`,
    ALLOW_PRIVATE_TARGETS: '1',
  })
  partner = await partnerOf(service, { rowsMin: ROWS_MIN })
  folder = await mkdtemp(path.join(os.tmpdir(), 'arraydrop-examples-'))
  cloud = await startCloud()
  const flags = ['--role', 'owner', '--requests-per-minute', '100000']
  managerKey = (await service.admin<{ key: string }>('create-api-key', ...flags)).key
  person = await aPerson(service, 'analyst')
})
test.afterAll(async () => {
  cloud?.server.close()
  await service?.dispose()
  if (folder) await rm(folder, { recursive: true, force: true })
})

async function startCloud(): Promise<typeof cloud> {
  const file = gzipSync('@read1\nACGT\n+\nIIII\n')
  const server = createServer((_request, response) => void response.end(file))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

test('the document is served to anyone, with and without a slash, and is valid OpenAPI 3.1', async () => {
  for (const at of [DOCUMENT, `${DOCUMENT}/`]) {
    const served = await sendRequest(service.address, { method: 'GET', path: at })
    expect(served.status).toBe(200)
    const document = served.json<{ openapi: string; servers: { url: string }[] }>()
    expect(document.openapi).toBe('3.1.0')
    expect(document.servers).toEqual([{ url: service.origin }])
    expect((await new Validator().validate({ ...document })).valid).toBe(true)
  }
})

test('an answer that the document does not know is noticed', async () => {
  const { demand } = await loadContract(service)
  const at = `/api/v2/sample-metadata/${randomUUID()}`
  const answer = (status: number, body: unknown, headers = {}) => ({
    status,
    headers: { 'request-id': 'x', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  demand('GET', at, answer(200, { metadata: { any: 'thing' } }))
  demand('GET', `${at}/?limit=1`, answer(404, { detail: 'Not found.' }))
  demand('PUT', at, answer(405, { detail: 'Method "PUT" not allowed.' }))
  expect(() => demand('GET', at, answer(200, {}))).toThrow('metadata')
  expect(() => demand('GET', at, answer(200, { metadata: 1, more: 2 }))).toThrow('additional')
  expect(() => demand('GET', at, answer(418, {}))).toThrow('unknown status')
  expect(() => demand('GET', at, answer(404, { error: 'no' }))).toThrow('detail')
  expect(() => demand('GET', at, answer(429, { detail: 'Wait.' }))).toThrow('Retry-After')
  expect(() => demand('GET', at, answer(200, { metadata: 1 }, { 'request-id': '' }))).toThrow('Request-Id')
  expect(() => demand('GET', '/api/v2/nothing', answer(200, {}))).toThrow('nothing is documented')
})

const documentNow = async () =>
  (await sendRequest(service.address, { method: 'GET', path: DOCUMENT })).json<{
    paths: Record<string, Record<string, { summary: string }>>
  }>()

/** Where a partner's program in the types of the document is; it is compiled by a test beside `lib/openapi`. */
const TYPED_CLIENT = path.resolve(import.meta.dirname, '../lib/testing/typed-client/visit-every-path.ts')

/**
 * Lets that program call every operation over HTTP; what it called. For `npm run torture`: beside the document it is run
 * on the routes themselves (lib/typed-client.compile.test.ts), and roles.spec.ts asks every route over HTTP.
 */
async function visitEveryPath(sample: { id: string; fileId: string }): Promise<string[]> {
  const { visitEveryPath } = await import(TYPED_CLIENT)
  return visitEveryPath({
    fetch: (request: Request) =>
      fetch(new Request(request.url.replace('http://localhost', service.address), request)),
    key: managerKey,
    projectId: partner.projectId,
    sampleId: sample.id,
    fileId: sample.fileId,
    failedIds: [await failedSample(101), await failedSample(102)],
    sourceUrl: `${cloud.origin}/s1_R1.fastq.gz`,
    person,
    doctorCode: await keepDoctorReport(service),
  })
}

/** A program that the page shows. */
interface Shown {
  of: string
  language: Language
  text: string
}

test('the pages show every operation, need no script, and are accessible', async ({ browser }) => {
  const { paths } = await documentNow()
  const summaries = Object.values(paths).flatMap((methods) => Object.values(methods).map((it) => it.summary))
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(service.origin)
  await page.getByRole('link', { name: 'the API' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Partner API: Start')
  await page.getByRole('link', { name: 'Samples', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Partner API: Samples')
  await context.close()
  const headings = (await docsPages()).flatMap((body) =>
    [...body.matchAll(/<h3[^>]*>([^<]*)<\/h3>/g)].map(([, words]) => unescaped(words!)),
  )
  expect(headings).toEqual(expect.arrayContaining(summaries))

  const drawn = await browser.newPage({ viewport: { width: 320, height: 640 } })
  const troubles: string[] = []
  drawn.on('console', (message) => message.type() === 'error' && troubles.push(message.text()))
  for (const at of [
    '/docs',
    '/docs/outcomes',
    '/docs/webhooks',
    '/docs/embedding',
    '/docs/reference/samples',
  ]) {
    await drawn.goto(`${service.origin}${at}`)
    await expectNoSidewaysScroll(drawn, `${at}, folded`)
  }
  // The contents are searched, and a chosen language stays chosen.
  await drawn.getByLabel('Find').fill('rotate')
  await expect(drawn.getByRole('link', { name: 'Mint an upload link' })).toBeHidden()
  await drawn.getByLabel('Find').fill('signing secret')
  await expect(drawn.getByRole('link', { name: 'Create a signing secret' })).toBeVisible()
  await drawn.getByLabel('Find').fill('')
  await drawn.locator('#getSample').getByText('Python', { exact: true }).click()
  await drawn.goto(`${service.origin}/docs`)
  await expect(drawn.locator('#mint-link details[open]')).toHaveAttribute('data-program', 'python')
  await expect(drawn.locator('#mint-link').getByRole('button', { name: 'Copy' })).toBeVisible()
  await expectAccessible(drawn, 'nav', { part: 'nav' })
  await expectAccessible(drawn, '#mint-link', { part: '#mint-link' })
  await drawn.goto(`${service.origin}/docs/reference/samples`)
  await drawn.locator('details').evaluateAll((all) => {
    for (const one of all) {
      // All of them at once, which the page itself avoids.
      one.removeAttribute('name')
      one.setAttribute('open', '')
    }
  })
  await expectNoSidewaysScroll(drawn, 'docs, unfolded')
  // Every operation is drawn by the same parts: axe looks at two that have all of them, and at what is around.
  for (const part of ['nav', '#getSample', '#listSamples']) {
    await expectAccessible(drawn, part, { part })
  }
  expect(troubles).toEqual([])
  await drawn.close()
})

/** Every page that the contents lead to. */
async function docsPages(): Promise<string[]> {
  const get = async (at: string) => (await sendRequest(service.address, { method: 'GET', path: at })).body
  const start = await get('/docs')
  const paths = new Set([...start.matchAll(/href="(\/docs[^"#]*)"/g)].map(([, at]) => at!))
  return Promise.all([...paths].map(get))
}

test('a page of the documentation is drawn once, is kept by browsers, and is sent compressed', async () => {
  const get = (headers: Record<string, string>) =>
    sendRequest(service.address, { method: 'GET', path: '/docs/webhooks', headers })
  const first = await get({})
  expect([first.status, first.headers['cache-control']]).toEqual([200, 'public, max-age=300'])
  expect(first.headers['content-security-policy']).toContain("default-src 'none'; script-src 'sha256-")
  expect((await get({ 'If-None-Match': String(first.headers.etag) })).status).toBe(304)
  const zipped = await get({ 'Accept-Encoding': 'gzip' })
  expect(zipped.headers['content-encoding']).toBe('gzip')
  expect(Number(zipped.headers['content-length'])).toBeLessThan(first.body.length / 3)
  expect((await sendRequest(service.address, { method: 'GET', path: '/docs/nowhere' })).status).toBe(404)
})

async function shownPrograms(): Promise<Shown[]> {
  const body = (await docsPages()).join('\n')
  const code = /<code data-example="([^"]+)" data-language="([^"]+)">([^<]*)<\/code>/g
  return [...body.matchAll(code)].map(([, of, language, html]) => ({
    of: of!,
    language: language as Language,
    text: unescaped(html!),
  }))
}

const ENTITIES: Record<string, string> = { quot: '"', '#39': "'", lt: '<', gt: '>', amp: '&' }
const unescaped = (html: string) => html.replace(/&(\w+|#39);/g, (_, name: string) => ENTITIES[name]!)

const PROGRAMS: Record<Language, { program: string; extension: string }> = {
  curl: { program: 'sh', extension: 'sh' },
  python: { program: 'python3', extension: 'py' },
  typescript: { program: process.execPath, extension: 'ts' },
}

interface Ended {
  code: number
  stdout: string
  stderr: string
}

const execute = (program: string, args: string[], env: Record<string, string> = {}, cwd = folder) =>
  new Promise<Ended>((resolve) =>
    execFile(
      program,
      args,
      { cwd, timeout: 60_000, env: { NODE_ENV: 'production', PATH: process.env.PATH, ...env } },
      (error, stdout, stderr) =>
        resolve({
          code: error ? Number(error.code ?? -1) : 0,
          stdout,
          stderr: stderr || String(error ?? ''),
        }),
    ),
  )

/** What a language needs is not on every machine. */
async function whyNotRun(language: Language): Promise<string | undefined> {
  if (language === 'curl') {
    const missing = (await execute('sh', ['-c', 'command -v curl && command -v openssl'])).code !== 0
    return missing ? 'curl or openssl is not here' : undefined
  }
  if (language === 'python') {
    const missing = (await execute('python3', ['-c', 'import urllib.request'])).code !== 0
    return missing ? 'python3 is not here' : undefined
  }
  return undefined
}

const manage = async <Answer>(method: string, at: string, body?: unknown): Promise<Answer> => {
  const answer = await sendRequest(service.address, {
    method,
    path: `/api/v2/${at}`,
    headers: { Authorization: `Api-Key ${managerKey}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (answer.status >= 300) throw new Error(`${method} ${at} answered ${answer.status}: ${answer.body}`)
  return answer.json<Answer>()
}

/** One sample with deliverables, for all examples that only look. */
async function finishedSample(seed: number): Promise<{ id: string; fileId: string }> {
  const page = await openedPage(service, partner)
  await sendFile(page, await smallExport(seed))
  await untilStatus(partner, page.sampleId, 'succeeded')
  const { files } = await manage<{ files: { id: string }[] }>('GET', `samples/${page.sampleId}`)
  return { id: page.sampleId, fileId: files[0]!.id }
}

/** A sample in `failed qc`: it is judged while the project asks for a call rate that no export has. */
async function failedSample(seed: number): Promise<string> {
  const demandCallRate = (call_rate_min: number) =>
    manage('PATCH', `projects/${partner.projectId}`, { settings: { call_rate_min } })
  await demandCallRate(1)
  const page = await openedPage(service, partner)
  await sendFile(page, await smallExport(seed))
  await untilStatus(partner, page.sampleId, 'failed qc')
  await demandCallRate(0.9)
  return page.sampleId
}

/** The person signs in to the console. */
async function newSession(): Promise<string> {
  const { email, password } = person
  const { status } = await sendRequest(service.address, {
    method: 'POST',
    path: '/api/auth/sign-in',
    headers: { Origin: service.origin, 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  expect(status).toBe(200)
  const { results } = await manage<{ results: { id: string }[] }>('GET', `user-sessions/?user=${person.id}`)
  return results[0]!.id
}

/** About samples that failed. */
const OVERRULING = ['rerunSamples', 'acceptSamples']
const USING_UP = ['cancelSession', 'cancelSamples', 'deleteSamples', 'getSession']

/** What an example is about: only what it names, and made anew where another one may have used it up. */
async function surroundings({ of, text }: Shown, sample: { id: string; fileId: string }) {
  const has = (name: string) => new RegExp(`\\b${name}\\b`).test(text)
  const made: Record<string, string> = {
    PROJECT_ID: partner.projectId,
    FILE_ID: sample.fileId,
    USER_ID: person.id,
  }
  if (of === 'deleteProjects') {
    made.PROJECT_ID = (await manage<{ id: string }>('POST', 'projects/', { name: 'An example' })).id
  }
  if (of === 'advanceSession') {
    const trials = await manage<{ id: string }>('POST', 'projects/', { name: 'Trials', test: true })
    const fields = { project_id: trials.id }
    const link = await manage<{ sample_id: string }>('POST', 'array-data-upload-form/', fields)
    return { ...made, SAMPLE_ID: link.sample_id }
  }
  made.SAMPLE_ID = OVERRULING.includes(of)
    ? await failedSample(OVERRULING.indexOf(of) + 103)
    : USING_UP.includes(of)
      ? (await partner.mint()).sample_id
      : sample.id
  if (has('SUBSCRIPTION_ID') || has('NOTIFICATION_ID')) {
    const subscription = await manage<{ id: string }>('POST', `project-subscriptions/${partner.projectId}`, {
      target: 'http://127.0.0.1:9/',
      event_types: ['analysis_complete_v2'],
    })
    made.SUBSCRIPTION_ID = subscription.id
  }
  if (has('NOTIFICATION_ID')) {
    const at = `project-subscription-test/${made.SUBSCRIPTION_ID}`
    const { notification } = await manage<{ notification: string }>('POST', at)
    const state = async () =>
      (await manage<{ status: string }>('GET', `notifications/${notification}`)).status
    // One that is under way is not sent again.
    await expect.poll(state).toBe('failed')
    made.NOTIFICATION_ID = notification
  }
  if (has('SOURCE_URL') || has('UPLOAD_ID')) made.SOURCE_URL = `${cloud.origin}/s1_R1.fastq.gz`
  if (has('UPLOAD_ID')) {
    const destination_path = `gncv://${randomUUID()}/s1_R1.fastq.gz`
    const fields = { destination_path, source_url: made.SOURCE_URL }
    made.UPLOAD_ID = (await manage<{ id: string }>('POST', 'uploads-url/', fields)).id
  }
  if (has('KEY_ID')) {
    made.KEY_ID = (await manage<{ id: string }>('POST', 'user-api-keys/', { name: 'An example' })).id
  }
  if (has('INVITATION_ID')) {
    const fields = { email: 'somebody@clinic.example', role: 'viewer' }
    made.INVITATION_ID = (await manage<{ id: string }>('POST', 'user-invitations/', fields)).id
  }
  if (has('SESSION_ID')) made.SESSION_ID = await newSession()
  if (has('CODE')) made.CODE = await keepDoctorReport(service)
  if (has('PIPELINE_ID')) {
    const { results } = await manage<{ results: { id: string }[] }>('GET', 'pipeline/')
    made.PIPELINE_ID = results[0]!.id
  }
  if (has('CAPABILITY_ID')) {
    const { results } = await manage<{ results: { id: string }[] }>('GET', 'pipeline-capabilities/')
    made.CAPABILITY_ID = results[0]!.id
  }
  return made
}

for (const language of LANGUAGES) {
  test(`the ${language} examples of the page run`, { tag: tagOf(language) }, async () => {
    test.setTimeout(400_000)
    const why = await whyNotRun(language)
    test.skip(why !== undefined, why)
    const sample = await finishedSample(LANGUAGES.indexOf(language))
    if (language === 'typescript' && TORTURE) {
      const operations = Object.values((await documentNow()).paths).flatMap((methods) => Object.keys(methods))
      expect(new Set(await visitEveryPath(sample)).size).toBe(operations.length)
    }
    const { email, password } = person
    const tokens = await manage<{ refresh: string; access: string }>('POST', 'jwt-create/', {
      email,
      password,
    })
    const to = path.join(folder, language)
    await execute('mkdir', [to])
    const programs = (await shownPrograms()).filter((shown) => shown.language === language)
    expect(programs.length).toBeGreaterThan(40)
    const failed: unknown[] = []
    for (const shown of programs) {
      const { of, text } = shown
      // Signatures have a test of their own below.
      if (of.startsWith('verify-')) continue
      const file = path.join(folder, `${of}.${PROGRAMS[language].extension}`)
      await writeFile(file, text)
      const environment = {
        ...(await surroundings(shown, sample)),
        ARRAYDROP_HOST: service.origin,
        ARRAYDROP_API_KEY: managerKey,
        EMAIL: email,
        PASSWORD: password,
        REFRESH: tokens.refresh,
        TOKEN: tokens.access,
      }
      const { code, stdout, stderr } = await execute(PROGRAMS[language].program, [file], environment, to)
      if (code !== 0) failed.push({ of, code, stdout, stderr })
    }
    expect(failed).toEqual([])
    // Downloaded under their own names, whole.
    const { files } = await manage<{ files: unknown[] }>('GET', `samples/${sample.id}`)
    expect(await readdir(to)).toHaveLength(files.length)
  })

  test(`the ${language} example tells a genuine webhook from another one`, async () => {
    const why = await whyNotRun(language)
    test.skip(why !== undefined, why)
    const shown = (await shownPrograms()).find((it) => it.of === 'verify-webhook' && it.language === language)
    const file = path.join(folder, `verify.${PROGRAMS[language].extension}`)
    await writeFile(file, shown!.text)
    const bodyFile = path.join(folder, `body-${language}.json`)
    const verify = async (body: string, more: Record<string, string> = {}) => {
      await writeFile(bodyFile, body)
      return execute(PROGRAMS[language].program, [file], {
        SECRET: 'S3cret',
        SIGNATURE,
        BODY_FILE: bodyFile,
        ...more,
      })
    }
    const anyAge = { MAX_AGE: '9999999999' }
    expect((await verify(SIGNED, anyAge)).stdout.trim()).toBe('genuine')
    expect((await verify(`${SIGNED} `, anyAge)).code).not.toBe(0)
    expect((await verify(SIGNED)).stdout + (await verify(SIGNED)).stderr).toContain('too old')
    // A secret that was forgotten makes nothing genuine, not even what was signed without one.
    const at = Math.floor(Date.now() / 1000)
    const forged = createHmac('sha512', '').update(`${at}.${SIGNED}`).digest('hex')
    expect((await verify(SIGNED, { SECRET: '', SIGNATURE: `t=${at},v1=${forged}` })).code).not.toBe(0)
  })

  test(`the ${language} example of Standard Webhooks tells a genuine webhook from another one`, {
    tag: tagOf(language),
  }, async () => {
    const why = await whyNotRun(language)
    test.skip(why !== undefined, why)
    const of = 'verify-standard-webhook'
    const shown = (await shownPrograms()).find((it) => it.of === of && it.language === language)
    const file = path.join(folder, `standard.${PROGRAMS[language].extension}`)
    await writeFile(file, shown!.text)
    const bodyFile = path.join(folder, `standard-${language}.json`)
    await writeFile(bodyFile, SIGNED)
    const secret = Buffer.alloc(24, 9).toString('base64')
    const verify = async (at: Date, body = SIGNED, more: Record<string, string> = {}) => {
      const signed = signDelivery({ eventId: 'an-event', body, at, secrets: [secret] })
      return execute(PROGRAMS[language].program, [file], {
        SECRET: secret,
        WEBHOOK_ID: 'an-event',
        WEBHOOK_TIMESTAMP: signed['webhook-timestamp']!,
        SIGNATURE: signed['webhook-signature']!,
        BODY_FILE: bodyFile,
        ...more,
      })
    }
    expect((await verify(new Date())).stdout.trim()).toBe('genuine')
    expect((await verify(new Date(), `${SIGNED} `)).code).not.toBe(0)
    expect((await verify(new Date(Date.now() - 600_000))).code).not.toBe(0)
    // A secret that was forgotten makes nothing genuine, not even what was signed without one.
    const at = String(Math.floor(Date.now() / 1000))
    const forged = createHmac('sha256', '').update(`an-event.${at}.${SIGNED}`).digest('base64')
    const unsigned = { SECRET: '', WEBHOOK_TIMESTAMP: at, SIGNATURE: `v1,${forged}` }
    expect((await verify(new Date(), SIGNED, unsigned)).code).not.toBe(0)
    if (language !== 'curl') return
    // Bash runs commands that stand in arithmetic, and headers are whatever a stranger sends.
    const trace = path.join(folder, 'ran-a-header')
    const WEBHOOK_TIMESTAMP = `a[$(touch ${trace})]`
    const header = {
      SECRET: secret,
      WEBHOOK_ID: 'an-event',
      WEBHOOK_TIMESTAMP,
      SIGNATURE: 'v1,',
      BODY_FILE: bodyFile,
    }
    expect((await execute('bash', [file], header)).code).not.toBe(0)
    expect(await readdir(folder)).not.toContain('ran-a-header')
  })
}

const CLIENTS = {
  typescript: { language: 'typescript', program: 'whole-visit.ts' },
  python: { language: 'python', program: 'whole_visit.py' },
} as const

for (const [name, { language, program }] of Object.entries(CLIENTS)) {
  test(`the ${name} client mints, waits, downloads, resumes and tells genuine webhooks`, {
    tag: '@torture',
  }, async () => {
    const why = await whyNotRun(language)
    test.skip(why !== undefined, why)
    const clients = path.resolve(import.meta.dirname, '../clients')
    const body = JSON.stringify([{ event_id: 'e', event_type: 'sample_status_changed' }])
    const secret = Buffer.alloc(24, 3).toString('base64')
    const headers = signDelivery({ eventId: 'e', body, at: new Date(), secrets: [secret] })
    const visit = async (more: Record<string, string>) => {
      const file = path.join(import.meta.dirname, 'clients', program)
      const { stdout, stderr } = await execute(PROGRAMS[language].program, [file], {
        ARRAYDROP_HOST: service.address,
        ARRAYDROP_API_KEY: partner.apiKey,
        DELIVERY: JSON.stringify({ secret, headers, body }),
        PYTHONPATH: path.join(clients, 'python'),
        PYTHONDONTWRITEBYTECODE: '1',
        ...more,
      })
      return stdout ? JSON.parse(stdout) : { stderr }
    }
    const link = await visit({})
    expect(link).toMatchObject({ same: true, url: expect.stringContaining('token=') })
    const page = rawPage(service, link)
    await page.open()
    await sendFile(page, await smallExport(20 + name.length))
    const done = await visit({ SAMPLE_ID: link.sample_id, FOLDER: path.join(folder, `client-${name}`) })
    expect(done).toEqual({
      status: 'succeeded',
      resumed: true,
      event: 'sample_status_changed',
      forged: true,
      old: true,
      refused: 404,
      page: true,
    })
  })
}

/** Accepted by Gencove's own verifier. */
const SIGNED =
  '[{"event_id": "d379a51e-c213-466a-ba90-dc7179d522e6", "event_type": "analysis_complete_v2", "timestamp": "2021-05-05T14:38:39.925680Z", "payload": {"project": {"id": "9832e5c9-80e8-4852-9517-7489d6be74a3"}, "samples": [{"id": "798a1101-bac1-40d8-9f11-51db2b856bc7", "client_id": "s1", "last_status": {"status": "failed qc"}}]}}]'
const SIGNATURE =
  't=1620225520,v1=97048035c391aba9dde79b6c1ccd89c4a6625311e0f36ffa11cb5ac91a831f42596cb6fb665b531ee5beb33cfcfecf7b721fa1e595dfef188020e4b4250c689e'
