import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chainAudit } from '#lib/audit/chain-audit.ts'
import { revokeApiKey } from '#lib/keys/change-api-key.ts'
import type { BlobStore } from '#lib/platform/storage/blobs/blob-store.ts'
import { EncryptedBlobStore } from '#lib/platform/storage/blobs/encrypted-blob-store.ts'
import { S3BlobStore } from '#lib/platform/storage/blobs/s3-blob-store.ts'
import { type Deliverable, deliverableName, FILE_TYPES, type FileType } from '#lib/samples/deliverable.ts'
import { presentFiles } from '#lib/samples/grant-downloads.ts'
import { storeDeliverable } from '#lib/samples/pack-deliverable.ts'
import { publishDeliverables } from '#lib/samples/record-run-results.ts'
import { checksumLine } from '#lib/samples/send-download.ts'
import { provideServices } from '#lib/services.ts'
import { memoryFileKeys } from '#lib/testing/memory-file-keys.ts'
import { rgwIsHere, startTestRgw, type TestRgw } from '#lib/testing/rgw-for-tests.ts'
import { digestOf, overriding, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { isDownload, serveDownload } from './serve-download.ts'

const BYTES = randomBytes(300_000)

let t: TestServices
let server: Server
beforeAll(async () => {
  t = await testServices()
  server = createServer((request, response) => {
    const pathname = request.url!.split('?', 1)[0]!
    if (!isDownload(pathname)) return void response.writeHead(421).end()
    serveDownload(request, response, pathname).catch(() => response.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(async () => {
  provideServices(undefined)
  server.close()
  await rgw?.stop()
  await t.stop()
})

const encrypted = (storage: BlobStore = t.services.storage) =>
  new EncryptedBlobStore(storage, {
    keys: memoryFileKeys(),
    scratch: t.services.scratch,
    encrypt: true,
  })

/** A real S3 server, for those tests that need it. */
let rgw: TestRgw | undefined
async function inBucket(): Promise<BlobStore> {
  rgw ??= await startTestRgw()
  const { location, client } = await rgw.createBucket()
  return new S3BlobStore(location, t.services.scratch, client)
}

const TYPES = Object.keys(FILE_TYPES) as FileType[]
/** Stored as it is, and packed: what else a type decides does not depend on the store. `npm run torture` has all of them. */
const TYPES_IN_OTHER_STORES: FileType[] =
  process.env.ARRAYDROP_TORTURE === '1' ? TYPES : ['array-zip', 'plink-bim']

interface SharedFile {
  path: string
  name: string
  keyId: string
  sampleId: string
}

const fileIn = async (storage?: BlobStore): Promise<SharedFile> => (await filesIn(storage, ['array-zip']))[0]!

/** A sample with one file of each of these types in this store; paths and queries that fetch them. */
async function filesIn(storage = t.services.storage, types = TYPES): Promise<SharedFile[]> {
  provideServices(overriding(t.services, { storage }))
  const partner = await t.aPartner()
  const keyId = partner.caller.apiKeyId!
  const { sampleId } = await t.aLink({}, partner)
  const files: Parameters<typeof publishDeliverables>[2] = []
  for (const fileType of types) {
    const { extension } = FILE_TYPES[fileType]
    const name = deliverableName(sampleId, fileType, extension)
    const place = `samples/${sampleId}/${name}`
    files.push({ fileType, name, ...(await storeDeliverable(storage, { fileType, place }, piecesOf(BYTES))) })
  }
  const { rows } = await t.services.db.transaction().execute(async (tx) => {
    await publishDeliverables(tx, { sampleId, runId: null as unknown as string }, files)
    return {
      rows: await tx.selectFrom('deliverable').selectAll().where('sample_id', '=', sampleId).execute(),
    }
  })
  const shown = rows.map((row) => ({
    ...row,
    sampleId,
    fileType: row.file_type,
    storageKey: row.storage_key,
  }))
  return (await presentFiles(t.services, shown, keyId)).map(({ download_url }, n) => {
    const { pathname, search } = new URL(download_url)
    return { path: pathname + search, name: rows[n]!.name, keyId, sampleId }
  })
}

async function* piecesOf(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

/** What arrives on the socket until the other side closes it. */
async function exchange(text: string) {
  const { port } = server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => {})
  socket.write(text)
  await once(socket, 'close')
  const all = Buffer.concat(chunks)
  const end = all.indexOf('\r\n\r\n')
  const [statusLine = '', ...lines] = all.subarray(0, end).toString('latin1').split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [line.split(': ', 1)[0]!.toLowerCase(), line.slice(line.indexOf(': ') + 2)]),
  )
  return { status: Number(statusLine.split(' ')[1]), headers, body: all.subarray(end + 4) }
}

const ask = (method: string, path: string, headers = '') =>
  exchange(`${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n`)

test('A report can be read as a page, in a sandbox in which nothing runs; nothing else can', async () => {
  for (const { path, name } of await filesIn()) {
    const { status, headers, body } = await ask('GET', `${path}&view=page`)
    expect([status, digestOf(body)]).toEqual([200, digestOf(BYTES)])
    const isReport = /_(fastq-)?qc-html\./.test(name)
    expect([name, headers['content-type']]).toEqual([
      name,
      isReport ? 'text/html; charset=utf-8' : 'application/octet-stream',
    ])
    expect(headers['content-disposition']).toBe(`${isReport ? 'inline' : 'attachment'}; filename=${name}`)
    const policy = headers['content-security-policy']!.split('; ')
    expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", 'sandbox']))
  }
})

describe.each<[string, () => BlobStore | Promise<BlobStore>]>([
  ['on disk', () => t.services.storage],
  ['encrypted at rest', () => encrypted()],
  ...(rgwIsHere()
    ? [
        ['in S3', inBucket] satisfies [string, unknown],
        ['encrypted in S3', async () => encrypted(await inBucket())] satisfies [string, unknown],
      ]
    : []),
])('Deliverables %s, on the socket', (where, storeOf) => {
  test('have a length, a digest as ETag and a file name, by GET, HEAD and range, whatever their type', async () => {
    const types = where === 'on disk' ? TYPES : TYPES_IN_OTHER_STORES
    for (const { path, name } of await filesIn(await storeOf(), types)) {
      const common = {
        'accept-ranges': 'bytes',
        'content-disposition': `attachment; filename=${name}`,
        etag: `"${digestOf(BYTES)}"`,
        'content-type': 'application/octet-stream',
        'cache-control': 'no-store',
      }
      const whole = await ask('GET', path, 'Accept-Encoding: gzip, br\r\n')
      expect(whole).toMatchObject({ status: 200, headers: { ...common, 'content-length': '300000' } })
      expect(whole.headers).not.toHaveProperty('transfer-encoding')
      expect(whole.headers).not.toHaveProperty('content-encoding')
      expect(whole.body.equals(BYTES)).toBe(true)

      const head = await ask('HEAD', path)
      expect(head).toMatchObject({ status: 200, headers: { ...common, 'content-length': '300000' } })
      expect(head.body.length).toBe(0)

      const part = await ask('GET', path, 'Range: bytes=299000-\r\n')
      expect(part).toMatchObject({
        status: 206,
        headers: { ...common, 'content-length': '1000', 'content-range': 'bytes 299000-299999/300000' },
      })
      expect(part.body.equals(BYTES.subarray(299_000))).toBe(true)
    }
  })
})

test('A range behind the end is 416 with the length of the file', async () => {
  const file = await fileIn()
  const refused = await ask('GET', file.path, 'Range: bytes=300000-\r\n')
  expect(refused).toMatchObject({
    status: 416,
    headers: { 'content-range': 'bytes */300000', 'content-length': '0' },
  })
})

test('A file that the client has is not sent again, and another version than it asks for is refused', async () => {
  const file = await fileIn()
  const etag = `"${digestOf(BYTES)}"`
  for (const [condition, status] of [
    [`If-None-Match: ${etag}`, 304],
    [`If-None-Match: "x", W/${etag}`, 304],
    ['If-None-Match: *', 304],
    ['If-None-Match: "x"', 200],
    ['If-Match: "x"\r\nRange: bytes=0-9', 412],
    [`If-Match: W/${etag}`, 412],
    [`If-Match: "x", ${etag}\r\nRange: bytes=0-9`, 206],
    ['If-Match: *', 200],
  ] as const) {
    for (const method of ['GET', 'HEAD']) {
      const answer = await ask(method, file.path, `${condition}\r\n`)
      const expected = method === 'HEAD' && status === 206 ? 200 : status
      expect([method, condition, answer.status]).toEqual([method, condition, expected])
      expect(answer.headers.etag).toBe(etag)
      if (status === 304 || method === 'HEAD') expect(answer.body.length).toBe(0)
    }
  }
})

test('A download that is cut off is shorter than it said, for an HTTP/1.0 client, too', async () => {
  const storage = overriding(t.services.storage, {
    async read() {
      async function* cut() {
        yield BYTES.subarray(0, 100_000)
        throw new Error('the disk is gone')
      }
      return { size: BYTES.length, body: Readable.toWeb(Readable.from(cut())) as ReadableStream<Uint8Array> }
    },
  })
  const file = await fileIn(storage)
  const cut = await exchange(`GET ${file.path} HTTP/1.0\r\n\r\n`)
  expect(cut.headers['content-length']).toBe('300000')
  expect(cut.body.length).toBeLessThan(300_000)
})

test('A stored file that is too short ends the connection, which the client wanted to keep', async () => {
  const storage = overriding(t.services.storage, {
    async read() {
      const body = Readable.toWeb(Readable.from([BYTES.subarray(0, 100_000)])) as ReadableStream<Uint8Array>
      return { size: BYTES.length, body }
    },
  })
  const file = await fileIn(storage)
  const cut = await exchange(`GET ${file.path} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
  expect(cut.headers['content-length']).toBe('300000')
  expect(cut.body.length).toBeLessThan(300_000)
})

test('Other methods are refused with what the path takes; a wrong signature is 403, in the form of the API', async () => {
  const file = await fileIn()
  const lengthOf = ({ body }: { body: Buffer }) => ({ 'content-length': String(body.length) })
  for (const method of ['POST', 'PUT', 'DELETE', 'PROPFIND']) {
    const refused = await ask(method, file.path, 'Content-Length: 0\r\n')
    const headers = { allow: 'GET, HEAD, OPTIONS', ...lengthOf(refused) }
    expect(refused).toMatchObject({ status: 405, headers })
  }
  expect(await ask('OPTIONS', file.path)).toMatchObject({
    status: 204,
    headers: { allow: 'GET, HEAD, OPTIONS' },
  })
  const unsigned = await ask('GET', file.path.replace('signature=', 'signature=x'))
  expect(unsigned).toMatchObject({ status: 403, headers: lengthOf(unsigned) })
  expect(JSON.parse(String(unsigned.body))).toEqual({ detail: 'This download link is not valid.' })
  expect(unsigned.headers.link).toBe('</docs/errors/permission_denied>; rel="help"')
  const another = await ask('GET', file.path, 'If-Match: "x"\r\n')
  expect(another).toMatchObject({ status: 412, headers: lengthOf(another) })
})

describe('Every read leaves a trace', () => {
  const from = (address: string, headers = '') => `X-Client-Address: ${address}\r\n${headers}`
  const tracesOf = async (sampleId: string) => {
    await chainAudit(t.services)
    const { rows } = await sql<{ action: string; actor_id: string; address: string }>`
      select action, actor_kind, actor_id, address from audit_entry
       where targets @> ${[sampleId]}::uuid[] and actor_kind = 'link' order by seq`.execute(t.services.db)
    return rows
  }

  test.each([
    ['without a range', ''],
    ['from the first byte', 'Range: bytes=0-\r\n'],
    ['beyond the end', 'Range: bytes=0-99999999\r\n'],
    ['of the last bytes, all of them', 'Range: bytes=-99999999\r\n'],
    ['with a header that means nothing', 'Range: nonsense\r\n'],
    ['of several ranges', 'Range: bytes=5-6,7-8\r\n'],
    ['of another version', 'Range: bytes=9-\r\nIf-Range: "x"\r\n'],
    ['of one byte', 'Range: bytes=0-0\r\n'],
  ])('%s, each time, with who was given the URL and the address', async (_what, headers) => {
    const file = await fileIn()
    for (let n = 0; n < 2; n++) await ask('GET', file.path, from('203.0.113.9', headers))
    const trace = {
      action: 'file.download',
      actor_kind: 'link',
      actor_id: file.keyId,
      address: '203.0.113.9',
    }
    expect(await tracesOf(file.sampleId)).toEqual([trace, trace])
  })

  test('of later parts once an hour for each address; none where nothing is sent', async () => {
    const file = await fileIn()
    const part = (address: string, first: number) =>
      ask('GET', file.path, from(address, `Range: bytes=${first}-${first + 9}\r\n`))
    for (const first of [1, 500, 700]) expect((await part('203.0.113.9', first)).status).toBe(206)
    await part('203.0.113.10', 1)
    await ask('HEAD', file.path, from('203.0.113.11'))
    for (const none of ['Range: bytes=300000-', 'If-None-Match: *', 'If-Match: "x"'])
      await ask('GET', file.path, from('203.0.113.11', `${none}\r\n`))
    expect((await tracesOf(file.sampleId)).map(({ action, address }) => [action, address])).toEqual([
      ['file.download_part', '203.0.113.9'],
      ['file.download_part', '203.0.113.10'],
    ])
  })
})

describe('A download URL', () => {
  const statusOf = async (path: string, address = '203.0.113.9') =>
    (await ask('GET', path, `X-Client-Address: ${address}\r\nRange: bytes=0-9\r\n`)).status

  test('ends with the key that was given it', async () => {
    const file = await fileIn()
    expect(await statusOf(file.path)).toBe(206)
    await revokeApiKey(t.services, file.keyId)
    expect(await statusOf(file.path)).toBe(403)
  })

  test('is refused once the key may no longer read the project, and outside of its networks', async () => {
    const file = await fileIn()
    const set = (change: { role?: 'uploader' | 'viewer'; ip_ranges?: string[] | null }) =>
      t.services.db.updateTable('api_key').set(change).where('id', '=', file.keyId).execute()
    await set({ role: 'uploader' })
    expect(await statusOf(file.path)).toBe(403)
    await set({ role: 'viewer', ip_ranges: ['10.0.0.0/8'] })
    expect(await statusOf(file.path)).toBe(403)
    expect(await statusOf(file.path, '10.1.2.3')).toBe(206)
  })

  test('names its holder under its signature', async () => {
    const file = await fileIn()
    const { id } = await t.aKey({ role: 'owner' })
    for (const other of [id, '', 'nobody']) {
      expect(await statusOf(file.path.replace(/grantee=[^&]*/, `grantee=${other}`))).toBe(403)
    }
  })
})

test('A checksum names the file as it was saved, also with spaces and beyond ASCII', async () => {
  const file = { sha256: 'a'.repeat(64), name: 'own.fam' } as Deliverable
  const line = async (asked?: string) => {
    const response = checksumLine(file, asked)
    return [(await response.text()).slice(66), response.headers.get('content-disposition')]
  }
  expect(await line('x.fam')).toEqual(['x.fam\n', 'attachment; filename=x.fam.sha256'])
  expect(await line('Zoë (1).fam')).toEqual(['Zoë (1).fam\n', 'attachment; filename=own.fam.sha256'])
  for (const odd of [undefined, '', 'a/b', 'a\\b', 'a\nb']) expect((await line(odd))[0]).toBe('own.fam\n')
})

test('A client that leaves in the middle is no error of the service', async () => {
  const file = await fileIn()
  const { port } = server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  socket.write(`GET ${file.path} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
  await once(socket, 'data')
  socket.destroy()
  expect((await ask('HEAD', file.path)).status).toBe(200)
})
