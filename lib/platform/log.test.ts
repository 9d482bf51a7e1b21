import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLog, redactUrl } from './log.ts'

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwbGFudGVkIn0.c2lnbmF0dXJlLXBsYW50ZWQ'
const SECRET = 'planted-Secret_123'

function logged(
  write: (log: ReturnType<typeof createLog>) => void,
  logLevel: 'info' | 'silent' = 'info',
): string {
  const lines: string[] = []
  write(createLog({ logLevel }, { write: (line) => lines.push(line) }))
  return lines.join('')
}

test('A line is JSON with time, level and message', () => {
  const line = JSON.parse(logged((log) => log.info({ sample: 's-1', status: 201 }, 'minted')))
  expect(line).toMatchObject({ level: 'info', sample: 's-1', status: 201, msg: 'minted', pid: process.pid })
  expect(new Date(line.time).toISOString()).toBe(line.time)
})

test('Only lines at or above the configured level are written', () => {
  expect(logged((log) => log.debug('no'))).toBe('')
  expect(logged((log) => log.fatal('no'), 'silent')).toBe('')
})

test('A secret in a field is hidden, also inside requests and headers', () => {
  const text = logged((log) => {
    log.info({ authorization: SECRET, token: SECRET, key: SECRET, apiKey: SECRET })
    log.info({ headers: { authorization: SECRET, Authorization: SECRET, cookie: SECRET } })
    log.info({ req: { headers: { authorization: SECRET, cookie: SECRET } } })
    log.info({ a: { b: { c: { d: { link_token: SECRET, 'set-cookie': [SECRET, `"${SECRET}`] } } } } })
    log.info({ key: `quoted " and \\ ${SECRET}` }, `{"token": "${SECRET}"}`)
    log.child({ token: SECRET }).info('from a child')
  })
  expect(text).not.toContain(SECRET)
  expect(text).toContain('"Authorization":"[hidden]"')
  for (const line of text.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow()
})

test('What is not secret stays readable', () => {
  const said = {
    keyword: 'a',
    tokens: 2,
    monkeys: ['b'],
    path: '/api/v2/projects/',
    note: 'key and token expired',
  }
  expect(JSON.parse(logged((log) => log.info(said, 'a token was refused')))).toMatchObject({
    ...said,
    msg: 'a token was refused',
  })
})

test('A link token never reaches a line, wherever it was put', () => {
  const text = logged((log) => {
    log.info({ url: `/array-data-upload?token=${TOKEN}` }, `GET /array-data-upload?token=${TOKEN}&x=1`)
    log.info(`https://user:${SECRET}@example.org/?token=${SECRET}`)
    log.error({ err: new Error(`bad token ${TOKEN}`, { cause: new Error(`token=${SECRET}`) }) }, 'failed')
    log.error(new Error(`Authorization: Bearer ${SECRET} or Api-Key ${SECRET}`))
    log.info({ deep: { a: { b: { c: [TOKEN, `token%3D${SECRET}`] } } } })
  })
  expect(text).not.toContain(SECRET)
  for (const part of TOKEN.split('.')) expect(text).not.toContain(part)
  for (const line of text.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow()
})

test('An error of the database does not include its row', () => {
  const fault = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: `(client_id)=(${SECRET})`,
  })
  const text = logged((log) => log.error({ err: fault }, 'refused'))
  expect(text).not.toContain(SECRET)
  expect(JSON.parse(text).err).toMatchObject({ type: 'Error', code: '23505', message: 'duplicate key' })
})

test('No value of a query survives redactUrl, but its path and names do', () => {
  expect(redactUrl(`/array-data-upload?token=${SECRET}&locale=de#${SECRET}`)).toBe(
    '/array-data-upload?token=[hidden]&locale=[hidden]',
  )
  expect(redactUrl(`https://u:${SECRET}@example.org/a?${SECRET}`)).toBe('https://example.org/a?[hidden]')
  expect(redactUrl('/api/v2/projects/')).toBe('/api/v2/projects/')
  const name = fc.stringMatching(/^[a-z%0-9]{1,8}$/)
  const value = fc.stringMatching(/^[A-Za-z0-9?=_.-]{0,20}$/).map((rest) => `${SECRET}${rest}`)
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value), { minLength: 1 }), (parameters) => {
      const query = parameters.map(([key, secret]) => `${key}=${secret}`).join('&')
      expect(redactUrl(`/upload?${query}`)).not.toContain(SECRET)
    }),
  )
})

test('A line names the span it was written in, if there is one', () => {
  const lines: string[] = []
  let span = {}
  const log = createLog({ logLevel: 'info' }, { write: (line) => lines.push(line) }, () => span)
  log.info('outside')
  span = { trace_id: 'a1' }
  log.info({ request_id: 'r' }, 'inside')
  expect(lines.map((line) => JSON.parse(line).trace_id)).toEqual([undefined, 'a1'])
})
