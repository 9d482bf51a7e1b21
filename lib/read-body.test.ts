import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { isProblem } from '#lib/problem.ts'
import { readBody } from './read-body.ts'

const request = (body: BodyInit | undefined, type?: string) =>
  new Request('http://page.invalid/', {
    method: 'POST',
    ...(body === undefined ? {} : { body }),
    ...(type === undefined ? {} : { headers: { 'content-type': type } }),
  })

const bytes = (text: string) => new TextEncoder().encode(text)

/** Status of the refusal; fails when there is none, or when it is no refusal but a bug. */
async function refusal(body: BodyInit, type = 'application/json'): Promise<number> {
  const thrown: unknown = await readBody(request(body, type)).then(
    () => expect.fail('the body was read'),
    (error: unknown) => error,
  )
  if (!isProblem(thrown)) throw thrown
  return thrown.status
}

test('JSON, urlencoded and multipart bodies give the same fields, metadata parsed in forms', async () => {
  const fields = { project_id: '', expires_in: '600', metadata: '{"a":"ä&="}' }
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  expect(await readBody(request(JSON.stringify(fields), 'application/json'))).toEqual(fields)
  expect(await readBody(request(JSON.stringify(fields), 'Application/JSON; charset=utf-8'))).toEqual(fields)
  for (const sent of [new URLSearchParams(fields), form]) {
    expect(await readBody(request(sent))).toEqual({ ...fields, metadata: { a: 'ä&=' } })
  }
})

test('Metadata in a form is the JSON that its text is, with every digit', async () => {
  const metadataOf = async (metadata: string) =>
    JSON.stringify((await readBody(request(new URLSearchParams({ metadata })))).metadata)
  for (const json of ['{"id":12345678901234567890,"f":1.0}', '[1]', '"text"', 'null']) {
    expect(await metadataOf(json)).toBe(json)
  }
  expect(await metadataOf('')).toBe('null')
  for (const text of ['no JSON', '{"a":1', "{'a':1}", 'NaN', '{"a":1} x']) {
    await expect(metadataOf(text)).rejects.toMatchObject({
      status: 400,
      fields: { metadata: ['Value must be valid JSON.'] },
    })
  }
})

test('A field of a form given twice is refused by name, unless it is a list', async () => {
  const sent = new URLSearchParams('target=https://a.example&event_types=one&event_types=two&sample_ids=s')
  expect(await readBody(request(sent))).toEqual({
    target: 'https://a.example',
    event_types: ['one', 'two'],
    sample_ids: ['s'],
  })
  const form = new FormData()
  form.append('expires_in', '60')
  form.append('expires_in', '3600')
  for (const twice of [form, new URLSearchParams('metadata={}&metadata={}'), new URLSearchParams('x=&x=')]) {
    const name = [...twice.keys()][0]!
    await expect(readBody(request(twice))).rejects.toMatchObject({
      status: 400,
      fields: { [name]: ['Give this field once.'] },
    })
  }
})

test('A body that breaks off is refused with 400, as no outage of ours', async () => {
  const broken = new ReadableStream({
    pull(controller) {
      controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
    },
  })
  const init = {
    method: 'POST',
    body: broken,
    duplex: 'half',
    headers: { 'content-type': 'application/json' },
  }
  await expect(readBody(new Request('http://page.invalid/', init as RequestInit))).rejects.toMatchObject({
    code: 'invalid',
  })
})

test('No body is no fields, whatever its type says', async () => {
  expect(await readBody(request(undefined))).toEqual({})
  expect(await readBody(request('', 'application/json'))).toEqual({})
  expect(await readBody(request('', 'text/plain'))).toEqual({})
  expect(await readBody(request(' \n', 'application/json'))).toEqual({})
  expect(await readBody(request(bytes('{"a":1}')))).toEqual({ a: 1 })
})

test('A form that is not UTF-8 is refused, and a lone percent sign is one', async () => {
  const [urlencoded, multipart] = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']
  const part = Buffer.from(
    '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xe9\r\n--x--\r\n',
    'latin1',
  )
  for (const [body, type] of [
    ['a=caf%E9', urlencoded],
    [new Uint8Array(Buffer.from('a=\xe9', 'latin1')), urlencoded],
    [new Uint8Array(part), multipart],
  ] as const) {
    expect(await refusal(body, type)).toBe(400)
  }
  expect(await readBody(request('a=100%&b=%C3%A9%F0%9F%92%A5', urlencoded))).toEqual({ a: '100%', b: 'é💥' })
})

test('A form in UTF-16 is refused, whether its type or its bytes say so', async () => {
  const type = 'application/x-www-form-urlencoded'
  expect(await refusal('expires_in=600', `${type}; charset=utf-16`)).toBe(400)
  expect(await refusal(Buffer.from('expires_in=600', 'utf16le'), type)).toBe(400)
})

test('A file in a form is refused by its field', async () => {
  const form = new FormData()
  form.set('metadata', new Blob(['{}']), 'metadata.json')
  const refused = { status: 400, fields: { metadata: [expect.stringContaining('this is a file')] } }
  await expect(readBody(request(form))).rejects.toMatchObject(refused)
})

test('Fields cannot reach the prototype of an object', async () => {
  const fields = await readBody(request('{"__proto__":{"expires_in":60}}', 'application/json'))
  expect(fields.expires_in).toBeUndefined()
  const form = await readBody(request('__proto__=x&constructor=y', 'application/x-www-form-urlencoded'))
  expect(Object.getPrototypeOf(form)).toBe(Object.prototype)
})

test('What is no JSON object is refused with 400', async () => {
  for (const body of ['{', '{"a":1}}', "{'a':1}", '[]', 'null', '1', '"text"', 'NaN']) {
    expect(await refusal(body)).toBe(400)
  }
  expect(await refusal(new Uint8Array([0x7b, 0xff, 0x7d]))).toBe(400)
  expect(await refusal('--x\r\nbroken', 'multipart/form-data; boundary=x')).toBe(400)
  expect(await refusal('x', 'multipart/form-data')).toBe(400)
})

test('JSON nested so deep that walking through it would fail is refused with 400', async () => {
  const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`
  expect(await readBody(request(nested(32), 'application/json'))).toHaveProperty('a')
  expect(await refusal(nested(33))).toBe(400)
  expect(await refusal(nested(60_000))).toBe(400)
  expect(
    await refusal(new URLSearchParams({ metadata: nested(9_000) }), 'application/x-www-form-urlencoded'),
  ).toBe(400)
})

test('Another media type is refused with 415', async () => {
  for (const type of ['text/plain', 'application/xml', 'application/octet-stream', 'x']) {
    expect(await refusal('{}', type)).toBe(415)
  }
})

test('A body is read up to its ceiling and not one byte further', async () => {
  const padded = (length: number) => `{"a":"${'x'.repeat(length - 8)}"}`
  expect(await readBody(request(padded(131_072), 'application/json'))).toHaveProperty('a')
  expect(await refusal(padded(131_073))).toBe(413)

  let pulled = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled++
      controller.enqueue(new Uint8Array(65_536))
    },
  })
  const init = {
    method: 'POST',
    body: endless,
    duplex: 'half',
    headers: { 'content-type': 'application/json' },
  }
  await expect(readBody(new Request('http://page.invalid/', init))).rejects.toMatchObject({
    code: 'too_large',
  })
  expect(pulled).toBeLessThan(6)
})

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
])('A body in %s is read, and its bound is that of what comes out', async (coding, compress) => {
  const send = (body: Uint8Array) =>
    new Request('http://page.invalid/', {
      method: 'POST',
      body: new Uint8Array(body),
      headers: { 'content-type': 'application/json', 'content-encoding': coding },
    })
  const statusOf = (body: Uint8Array) =>
    readBody(send(body)).then(
      () => 200,
      (error: { status?: number }) => error.status,
    )
  expect(await readBody(send(compress('{"a":1}')))).toEqual({ a: 1 })
  expect(await statusOf(compress(`{"a":"${'x'.repeat(1_000_000)}"}`))).toBe(413)
  expect(await statusOf(bytes('{"a":1}'))).toBe(400)
  expect(await statusOf(compress('{"a":1}').subarray(0, -4))).toBe(400)
  expect(await statusOf(Buffer.concat([compress('{"a":1}'), bytes('more')]))).toBe(400)
})

test('Another content encoding is 415, and UTF-16 and UTF-32 are refused in words', async () => {
  const zstd = new Request('http://page.invalid/', {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json', 'content-encoding': 'zstd' },
  })
  await expect(readBody(zstd)).rejects.toMatchObject({ status: 415 })
  const json = '{"a":1}'
  const marked = `\ufeff${json}`
  const utf16 = (text: string) => Buffer.from(text, 'utf16le')
  const utf32 = (text: string) => utf16(`${[...text].join('\0')}\0`)
  for (const [name, body] of [
    ['UTF-16', utf16(json)],
    ['UTF-16', utf16(marked)],
    ['UTF-16', utf16(json).swap16()],
    ['UTF-16', utf16(marked).swap16()],
    ['UTF-32', utf32(json)],
    ['UTF-32', utf32(marked)],
    ['UTF-32', utf32(json).swap32()],
    ['UTF-32', utf32(marked).swap32()],
  ] as const) {
    await expect(readBody(request(new Uint8Array(body), 'application/json'))).rejects.toMatchObject({
      status: 400,
      message: `JSON parse error: the body is ${name}. Send UTF-8.`,
    })
  }
})

test('Numbers in metadata keep every digit, and other numbers are numbers', async () => {
  const body = '{"expires_in":600.0,"metadata":{"id":12345678901234567890,"f":1.0,"n":-0,"e":1e400}}'
  const fields = await readBody(request(body, 'application/json'))
  expect(fields.expires_in).toBe(600)
  expect(JSON.stringify(fields.metadata)).toBe('{"id":12345678901234567890,"f":1.0,"n":-0,"e":1e400}')
})
