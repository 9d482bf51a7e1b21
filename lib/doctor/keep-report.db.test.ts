import { afterAll, beforeAll, expect, test } from 'vitest'
import { provideServices } from '#lib/services.ts'
import { sweep } from '#lib/sweep.ts'
import { callRoute } from '#lib/testing/call-route.ts'
import { overriding, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { findReport, keepReport } from './keep-report.ts'
import { CODE_LETTERS, REPORTS_MAX, REPORTS_OF_ADDRESS_MAX, REPORTS_OF_NETWORK_MAX } from './limits.ts'
import { NewReport } from './wire.ts'

let t: TestServices
beforeAll(async () => {
  t = await testServices()
  provideServices(t.services)
})
afterAll(async () => {
  provideServices(undefined)
  await t.stop()
})

const REPORT: NewReport = {
  browser: 'chrome',
  findings: [
    { check: 'methods', finding: 'in_header', figure: 405 },
    { check: 'clock', finding: 'right', figure: null },
  ],
}
const read = (code: string, key?: string) => {
  const headers: HeadersInit = key ? { Authorization: `Api-Key ${key}` } : {}
  return callRoute(
    new Request(`http://localhost/api/v2/doctor-reports/${encodeURIComponent(code)}`, { headers }),
  )
}
const keep = (address: string) => keepReport(t.services, address, REPORT)

test('a kept report is found by its code in any spelling, in words, by any key, and by nobody without one', async () => {
  const { code } = await keep('192.0.2.1')
  expect(code).toMatch(new RegExp(`^[${CODE_LETTERS}]{8}$`))
  const { key } = await t.aPartner()
  const spelled = `${code.slice(0, 4)}-${code.slice(4)}`.toUpperCase()
  const answer = await read(spelled, key)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({
    code,
    browser: 'chrome',
    findings: [
      { check: 'methods', level: 'falls_back', figure: 405, words: expect.stringContaining('(status 405)') },
      { check: 'clock', level: 'works', figure: null, change: null },
    ],
  })
  expect((await read(code)).status).toBe(401)
  for (const wrong of ['abcdefgh', 'x', '\0', `${code}a`]) expect((await read(wrong, key)).status).toBe(404)
})

test('one address leaves so many reports a day, the whole IPv6 network of a line counting as one', async () => {
  for (let left = 0; left < REPORTS_OF_ADDRESS_MAX; left++) await keep(`2001:db8::${left}`)
  await expect(keep('2001:db8::ffff')).rejects.toMatchObject({ code: 'throttled' })
  await keep('2001:db8:0:1::1')
})

test.each([
  ['IPv4', (n: number) => `203.0.114.${n}`, '203.0.115.1'],
  ['IPv6', (n: number) => `2001:db8:7:${n}::1`, '2001:db8:8::1'],
])('all addresses of an %s network together leave no more than their share', async (_, address, other) => {
  const { code } = await keep(other)
  for (let left = 0; left < REPORTS_OF_NETWORK_MAX; left++) await keep(address(left + 1))
  await expect(keep(address(REPORTS_OF_NETWORK_MAX + 1))).rejects.toMatchObject({ code: 'throttled' })
  await keep(other)
  await expect(findReport(t.services, code)).resolves.toMatchObject({ code })
})

test('beyond the most that is kept, the oldest make room', async () => {
  const first = await keep('198.51.100.1')
  await t.advance(1)
  const rows = Array.from({ length: REPORTS_MAX - 1 }, (_, at) => ({
    code: `z${at}`,
    browser: 'other',
    findings: '[]',
    expires_at: new Date(Date.now() + 86_400_000),
  }))
  await t.services.db.insertInto('doctor_report').values(rows).execute()
  await expect(findReport(t.services, first.code)).resolves.toMatchObject({ code: first.code })
  const last = await keep('198.51.100.2')
  await expect(findReport(t.services, first.code)).rejects.toMatchObject({ code: 'not_found' })
  await expect(findReport(t.services, last.code)).resolves.toMatchObject({ browser: 'chrome' })
})

test('after a day a report is not found any more, and the sweep removes it', async () => {
  const { code } = await keep('203.0.113.1')
  await t.advance(86_401)
  await expect(findReport(t.services, code)).rejects.toMatchObject({ code: 'not_found' })
  await sweep(t.services)
  expect(await t.services.db.selectFrom('doctor_report').selectAll().execute()).toEqual([])
})

test('only findings of the closed list are taken, each check once, and nothing beside them', () => {
  expect(NewReport.safeParse(REPORT).success).toBe(true)
  const refused = [
    { ...REPORT, browser: 'Mozilla/5.0 (X11)' },
    { ...REPORT, note: 'me' },
    { ...REPORT, findings: [] },
    { ...REPORT, findings: [...REPORT.findings, REPORT.findings[0]] },
    { ...REPORT, findings: [{ check: 'clock', finding: 'plain', figure: null }] },
    { ...REPORT, findings: [{ check: 'clock', finding: 'constructor', figure: null }] },
    { ...REPORT, findings: [{ check: 'clock', finding: 'wrong', figure: 1e12 }] },
  ]
  for (const body of refused) expect(NewReport.safeParse(body).success, JSON.stringify(body)).toBe(false)
})

test('nothing is kept where the Doctor is off', async () => {
  const env = { ...t.services.env, doctor: false }
  await expect(keepReport(overriding(t.services, { env }), '192.0.2.9', REPORT)).rejects.toMatchObject({
    code: 'not_found',
  })
})
