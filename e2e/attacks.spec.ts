import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { expect, test } from './fixtures.ts'
import { forgedTokens } from './raw/forged-tokens.ts'
import { inwardUrls, storeLookAlikes } from './raw/inward-urls.ts'
import { smallExport } from './raw/raw-export.ts'
import { openedPage, type RawPage } from './raw/raw-page.ts'
import { sendRequest } from './raw/send-request.ts'

const FILES = '/api/upload/files'

/** A server on this machine that must never be reached: it only counts requests. */
let trap: Server
let visits = 0
let trapPort: number

test.beforeAll(async () => {
  trap = createServer((socket) => {
    visits++
    socket.destroy()
  })
  trap.listen(0, '127.0.0.1')
  await once(trap, 'listening')
  trapPort = (trap.address() as AddressInfo).port
})
test.afterAll(() => void trap?.close())

test('none of a hundred forged links opens anything: all get the same response, and nothing is fetched for them', async ({
  service,
  partner,
}) => {
  const page = await openedPage(service, partner)
  const other = await partner.mint()
  const forged = forgedTokens(page.token, other.sample_id, `http://127.0.0.1:${trapPort}`)
  expect(forged.size).toBeGreaterThan(90)

  const file = await smallExport(1)
  const ways = [
    { method: 'GET', path: '/api/upload/state' },
    { method: 'POST', path: '/api/upload/open' },
    { method: 'POST', path: FILES, headers: { 'Upload-Length': file.bytes.length } },
    { method: 'HEAD', path: `${FILES}/${page.sampleId}-${'0'.repeat(32)}` },
  ]
  const told = new Set<string>()
  for (const [name, token] of forged) {
    for (const { method, path, headers } of ways) {
      const answer = await sendRequest(service.address, {
        method,
        path,
        headers: { Authorization: `Bearer ${token}`, 'Tus-Resumable': '1.0.0', ...headers },
      })
      expect(answer.status, `${name}: ${method} ${path}`).toBe(401)
      told.add(answer.body.replace(/"request_id":"[^"]*"/, ''))
    }
  }
  told.delete('')
  expect(told.size).toBe(1)

  expect(visits).toBe(0)
  expect((await page.state()).state).toBe('opened')
  const untouched = await partner.call('GET', `/api/v2/array-data-upload-form/${other.sample_id}`)
  expect(await untouched.json()).toMatchObject({ state: 'minted' })
})

test('a genuine link in a second place, or doubled, opens nothing else', async ({ service, partner }) => {
  const page = await openedPage(service, partner)
  const answers = [
    await withHeaders(page, { Authorization: `Token ${page.token}` }),
    await withHeaders(page, { Authorization: `Bearer ${page.token}, Bearer ${page.token}` }),
    await withHeaders(page, { Authorization: undefined, Cookie: `token=${page.token}` }),
    await page.send('GET', `/api/upload/state?token=${page.token}`, {
      headers: { Authorization: undefined },
    }),
  ]
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401))
  // It is no key of the partner API either.
  for (const scheme of ['Bearer', 'Api-Key', 'JWT']) {
    const answer = await sendRequest(service.address, {
      method: 'GET',
      path: `/api/v2/samples/${page.sampleId}`,
      headers: { Authorization: `${scheme} ${page.token}` },
    })
    expect(answer.status).toBe(401)
  }
})

const withHeaders = (page: RawPage, headers: Record<string, string | undefined>) =>
  page.send('GET', '/api/upload/state', { headers })

test('no internal URL is accepted for webhooks or FASTQ files, however it is written', {
  tag: '@torture',
}, async ({ service, partner }) => {
  const { key } = await service.admin<{ key: string }>('create-api-key', '--role', 'manager')
  const post = async (path: string, body: object) =>
    sendRequest(service.address, {
      method: 'POST',
      path: `/api/v2/${path}`,
      headers: { Authorization: `Api-Key ${key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  for (const url of inwardUrls(trapPort)) {
    const hook = await post(`project-subscriptions/${partner.projectId}`, {
      target: url,
      event_types: ['analysis_complete_v2'],
    })
    expect([hook.status, hook.json()], url).toEqual([400, { target: [expect.any(String)] }])
  }
  for (const url of [...inwardUrls(trapPort), ...storeLookAlikes(trapPort)]) {
    const destination_path = 'gncv://x/s1_R1.fastq.gz'
    const file = await post('uploads-url/', { destination_path, source_url: url })
    expect([file.status, file.json()], url).toEqual([400, { source_url: [expect.any(String)] }])
  }
  expect(visits).toBe(0)
})
