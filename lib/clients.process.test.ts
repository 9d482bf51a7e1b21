import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

// What the clients make of a service that is busy, silent or gone. That of a running one: e2e/openapi.spec.ts.

const SAMPLE = { id: 's', last_status: { status: 'succeeded' } }
const RUNNING = { id: 's', last_status: { status: 'running' } }
const BYTES = Buffer.from('an export\n')
const LATER = { Date: 'Sun, 29 Nov 2026 10:00:00 GMT', 'Retry-After': 'Sun, 29 Nov 2026 10:00:00 GMT' }

type Answer = (response: ServerResponse) => void
const json =
  (status: number, body: unknown, headers = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body))
const busy = (status: number, headers: object) => json(status, { detail: 'Busy.' }, headers)
const away =
  (status: number): Answer =>
  (response) =>
    response.writeHead(status, { 'Content-Type': 'text/html' }).end('<h1>Bad gateway</h1>')
const hangUp: Answer = (response) => response.socket!.destroy()

/** Answers by the first segment of the path, one after the other; the last one again and again. */
const ANSWERS: Record<string, Answer[]> = {
  date: [busy(503, LATER), json(200, SAMPLE)],
  seconds: [busy(429, { 'Retry-After': '0' }), json(200, SAMPLE)],
  twice: [busy(409, { 'Retry-After': '0' }), json(200, SAMPLE)],
  elsewhere: [json(200, SAMPLE)],
  '@elsewhere.invalid': [json(200, SAMPLE)],
  hour: [busy(503, { 'Retry-After': '3600' })],
  nonsense: [busy(503, { 'Retry-After': 'soon' })],
  silent: [hangUp, json(200, SAMPLE)],
  posted: [hangUp, json(201, SAMPLE)],
  file: [
    busy(503, { 'Retry-After': '0' }),
    busy(503, LATER),
    (response) => response.writeHead(200, { 'Content-Length': BYTES.length }).end(BYTES),
  ],
  'gone-file': [busy(404, {})],
  'gateway-file': [away(502), away(504), (response) => response.writeHead(200).end(BYTES)],
  // Behind a proxy, during an upgrade.
  upgraded: [json(200, RUNNING), away(502), json(200, SAMPLE)],
  away: [away(504)],
  running: [json(200, RUNNING)],
  moved: [
    (response) => response.writeHead(302, { Location: 'https://elsewhere.example/login?next=x' }).end(),
  ],
}

let server: Server
let origin: string
let nobody: string
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clients-'))
  const counts = new Map<string, number>()
  server = createServer((request, response) => {
    // What a client waits for is at `/api/v2/samples/CLIENT-NAME`.
    const at = request.url!.replace(/^\/api\/v2\/samples\/([a-z]+)-/, '/$1/')
    const [, client, name = ''] = at.split('/')
    const key = `${client}/${name}`
    const count = counts.get(key) ?? 0
    counts.set(key, count + 1)
    const answers = ANSWERS[name]!
    answers[Math.min(count, answers.length - 1)]!(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  nobody = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
  await new Promise((resolve) => other.close(resolve))
})
afterAll(async () => {
  server?.closeAllConnections()
  server?.close()
  await rm(folder, { recursive: true, force: true })
})

const fileAt = (client: string, name: string, bytes: Buffer) => ({
  file_type: 'array-zip',
  size: bytes.length,
  download_url: `${origin}/${client}/${name}`,
  checksum_sha256: createHash('sha256').update(bytes).digest('hex'),
})

// Its types are made of the document, which typed-client.compile.test.ts does.
const { Arraydrop, ArraydropError } = await import(path.resolve('clients/typescript/src/client.ts'))

/** The same of both clients. */
const EXPECTED = {
  date: 's',
  seconds: 's',
  twice: 's',
  elsewhere: 's',
  odd: 's',
  hour: { status: 503, retryAfter: 3_600 },
  nonsense: { status: 503, retryAfter: null },
  silent: 's',
  posted: { status: 0, retryAfter: null },
  nobody: { status: 0, retryAfter: null },
  file: BYTES.toString(),
  empty: '',
  'gone-file': { status: 404, retryAfter: null },
  'gateway-file': BYTES.toString(),
  upgraded: 's',
  away: { status: 504, retryAfter: null },
  running: 'The sample is still running.',
  moved: 'It redirects to https://elsewhere.example: check the host.',
  'key with a line end': 'refused without the key',
}

test('The TypeScript client waits when asked to, asks again where it may, and says what happened otherwise', async () => {
  const client = new Arraydrop({ host: origin, apiKey: 'key' })
  const told = (from: Promise<{ id: string }>) => from.then(({ id }) => id, refusal)
  const refusal = (error: unknown) => {
    expect(error).toBeInstanceOf(ArraydropError)
    const { status, retryAfter = null } = error as { status: number; retryAfter?: number }
    return { status, retryAfter }
  }
  const refusalOfKey = () => {
    try {
      new Arraydrop({ host: origin, apiKey: 'whole.key\n' })
    } catch (error) {
      return String(error).includes('whole') ? String(error) : 'refused without the key'
    }
  }
  const get = (name: string) => told(client.request('GET', `/ts/${name}`))
  const download = async (name: string, bytes = BYTES) => {
    const to = path.join(folder, 'ts', name)
    const file = fileAt('ts', name, bytes)
    return client.download(file, to).then(() => readFile(to, 'utf8'), refusal)
  }
  const found = {
    date: await get('date'),
    seconds: await get('seconds'),
    twice: await get('twice'),
    // The host of the service, whatever the path names.
    elsewhere: await told(client.request('GET', `${nobody}/ts/elsewhere`)),
    odd: await told(client.request('GET', 'x:ts/@elsewhere.invalid')),
    hour: await get('hour'),
    nonsense: await get('nonsense'),
    silent: await get('silent'),
    posted: await told(client.request('POST', '/ts/posted', { body: {} })),
    nobody: await told(
      new Arraydrop({ host: nobody, apiKey: 'key' }).request('POST', '/ts/nobody', { body: {} }),
    ),
    file: await download('file'),
    empty: await download('empty', Buffer.alloc(0)),
    'gone-file': await download('gone-file'),
    'gateway-file': await download('gateway-file'),
    upgraded: await told(client.wait('ts-upgraded')),
    away: await told(client.wait('ts-away', { seconds: 0.1 })),
    running: await client.wait('ts-running', { seconds: 0.1 }).catch(({ message }: Error) => message),
    moved: await client.get('ts-moved').catch(({ message }: Error) => message.replace(/^.*?302\W+/, '')),
    'key with a line end': refusalOfKey(),
  }
  expect(found).toEqual(EXPECTED)
})

const PROGRAM = `
import json, sys
from arraydrop import Arraydrop, ArraydropError
origin, nobody, folder, files = sys.argv[1:3] + [sys.argv[3], json.loads(sys.argv[4])]
client = Arraydrop(origin, "key")
def told(act):
    try:
        return act()
    except ArraydropError as error:
        return {"status": error.status, "retryAfter": error.retry_after}
def get(name):
    return told(lambda: client.request("GET", f"/py/{name}")["id"])
def download(name):
    def act():
        client.download(files[name], f"{folder}/py/{name}")
        return open(f"{folder}/py/{name}").read()
    return told(act)
found = {name: get(name) for name in ("date", "seconds", "twice", "hour", "nonsense", "silent")}
found["elsewhere"] = told(lambda: client.request("GET", f"{nobody}/py/elsewhere")["id"])
found["odd"] = told(lambda: client.request("GET", "x:py/@elsewhere.invalid")["id"])
found["posted"] = told(lambda: client.request("POST", "/py/posted", {})["id"])
found["nobody"] = told(lambda: Arraydrop(nobody, "key").request("POST", "/py/nobody", {}))
found.update({name: download(name) for name in files})
found["upgraded"] = told(lambda: client.wait("py-upgraded")["id"])
found["away"] = told(lambda: client.wait("py-away", seconds=0.1))
try:
    client.wait("py-running", seconds=0.1)
except TimeoutError as error:
    found["running"] = str(error)
try:
    client.get("py-moved")
except ArraydropError as error:
    found["moved"] = str(error).split("302: ")[1]
try:
    Arraydrop(origin, "whole.key\\n")
except ValueError as error:
    found["key with a line end"] = str(error) if "whole" in str(error) else "refused without the key"
print(json.dumps(found))
`

test('The Python client does the same', async () => {
  const files = Object.fromEntries(
    Object.entries({ file: BYTES, empty: Buffer.alloc(0), 'gone-file': BYTES, 'gateway-file': BYTES }).map(
      ([name, bytes]) => [name, fileAt('py', name, bytes)],
    ),
  )
  const { stdout } = await promisify(execFile)(
    'python3',
    ['-c', PROGRAM, origin, nobody, folder, JSON.stringify(files)],
    { env: { ...process.env, PYTHONPATH: path.resolve('clients/python'), PYTHONDONTWRITEBYTECODE: '1' } },
  )
  expect(JSON.parse(stdout)).toEqual(EXPECTED)
})

// FastAPI itself is not needed for it; e2e/examples.spec.ts has the real one.
const WITH_STAND_INS = `
import asyncio, base64, hashlib, hmac, json, sys, time, types
class FastAPI:
    def get(self, *_, **__): return lambda handler: handler
    post = get
class Response:
    def __init__(self, status_code): self.status = status_code
class Request:
    def __init__(self, headers, body): self.headers, self._body = headers, body
    async def body(self): return self._body
made = {"fastapi": {"FastAPI": FastAPI, "Request": Request, "Response": Response}, "fastapi.responses": {"FileResponse": str}}
for name, members in made.items():
    sys.modules[name] = types.ModuleType(name)
    vars(sys.modules[name]).update(members)
import main
body = json.dumps([{"event_id": "e", "payload": {"samples": [{"id": "s", "last_status": {"status": "succeeded"}}]}}]).encode()
sent = str(int(time.time()))
signed = hmac.new(base64.b64decode(main.secret), b"m." + sent.encode() + b"." + body, hashlib.sha256).digest()
headers = {"webhook-id": "m", "webhook-timestamp": sent, "webhook-signature": "v1," + base64.b64encode(signed).decode()}
print(asyncio.run(main.receive_webhook(Request(headers, body))).status)
`

test('The example with FastAPI says on the terminal which results its webhook brought', async () => {
  const { stdout, stderr } = await promisify(execFile)('python3', ['-c', WITH_STAND_INS], {
    env: {
      ...process.env,
      PYTHONPATH: [path.resolve('clients/python'), path.resolve('examples/fastapi')].join(path.delimiter),
      PYTHONDONTWRITEBYTECODE: '1',
      ARRAYDROP_API_KEY: 'a.key',
      ARRAYDROP_WEBHOOK_SECRET: Buffer.alloc(24, 7).toString('base64'),
    },
  })
  expect([stdout.trim(), stderr]).toEqual(['204', expect.stringContaining('results are ready')])
})
