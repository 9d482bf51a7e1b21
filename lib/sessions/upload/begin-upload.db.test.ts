import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FILE_BYTES_MAX } from '#lib/genotype/limits.ts'
import { type TestLink, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { cancelSession } from '../cancel-session.ts'
import { admitPage } from '../find-session.ts'
import { openSession } from '../open-session.ts'
import { beginUpload } from './begin-upload.ts'
import { sampleOfUploadId, uploadIdFor } from './upload.ts'

let t: TestServices
const SHA256 = 'ab'.repeat(32)

beforeAll(async () => {
  t = await testServices()
})
afterAll(() => t.stop())

const begin = ({ sampleId }: TestLink, fields: { size?: number; sha256?: string | null } = {}) =>
  beginUpload(t.services, { id: uploadIdFor(sampleId), sampleId, size: 1_000, sha256: SHA256, ...fields })

const uploadsOf = ({ sampleId }: TestLink) =>
  t.services.db
    .selectFrom('upload')
    .selectAll()
    .where('sample_id', '=', sampleId)
    .orderBy('created')
    .execute()

describe('an upload begins', () => {
  test('with its size and digest noted before the first byte', async () => {
    const link = await t.anOpenLink()
    await begin(link, { size: FILE_BYTES_MAX })
    expect(await uploadsOf(link)).toMatchObject([
      { state: 'receiving', size: FILE_BYTES_MAX, sha256: SHA256 },
    ])
    expect((await t.readSession(link)).tries).toBe(1)
  })

  test.each([
    [{ size: 0 }, 400, 'file_empty'],
    [{ size: -1 }, 400, 'file_empty'],
    [{ size: undefined }, 400, 'file_empty'],
    [{ size: Number.NaN }, 400, 'file_empty'],
    [{ size: 1.5 }, 400, 'file_empty'],
    [{ size: FILE_BYTES_MAX + 1 }, 413, 'file_too_large'],
    [{ sha256: null }, 400, 'internal_error'],
    [{ sha256: '' }, 400, 'internal_error'],
    [{ sha256: 'AB'.repeat(32) }, 400, 'internal_error'],
    [{ sha256: 'ab'.repeat(31) }, 400, 'internal_error'],
    [{ sha256: `${SHA256}\0` }, 400, 'internal_error'],
    [{ sha256: `${SHA256}\n` }, 400, 'internal_error'],
  ])('never with %j', async (fields, status, reason) => {
    const link = await t.anOpenLink()
    await expect(begin(link, fields)).rejects.toMatchObject({ status, reason })
    expect(await uploadsOf(link)).toEqual([])
    expect((await t.readSession(link)).tries).toBe(0)
  })

  test('only while the session is open', async () => {
    const minted = await t.aLink()
    await expect(begin(minted)).rejects.toMatchObject({ status: 409 })
    const canceled = await t.anOpenLink()
    await cancelSession(t.services, canceled.sampleId)
    await expect(begin(canceled)).rejects.toMatchObject({ status: 410, reason: 'link_canceled' })
    const expired = await t.anOpenLink()
    await t.advance(900)
    await expect(begin(expired)).rejects.toMatchObject({ status: 410, reason: 'session_expired' })
    for (const link of [minted, canceled, expired]) expect(await uploadsOf(link)).toEqual([])
  })

  test('twenty times, and not once more', async () => {
    const link = await t.anOpenLink()
    for (let n = 0; n < 20; n++) await begin(link)
    for (let n = 0; n < 2; n++) {
      await expect(begin(link)).rejects.toMatchObject({ status: 429, retryAfterSeconds: 900 })
    }
    expect(await uploadsOf(link)).toHaveLength(20)
    expect((await t.readSession(link)).tries).toBe(20)
  })

  test('from several tabs at once, and every one of them is counted', async () => {
    const link = await t.anOpenLink()
    await Promise.all(Array.from({ length: 8 }, () => begin(link)))
    const states = (await uploadsOf(link)).map((upload) => upload.state)
    expect(states.filter((state) => state === 'receiving')).toHaveLength(3)
    expect((await t.readSession(link)).tries).toBe(8)
  })

  test('and of more than three unfinished ones the oldest makes room, bytes and all', async () => {
    const link = await t.anOpenLink()
    const ids = []
    for (let n = 0; n < 5; n++) ids.push(await t.anUpload(link, { sent: 100 + n }))
    expect((await uploadsOf(link)).map((upload) => upload.state)).toEqual([
      'discarded',
      'discarded',
      'receiving',
      'receiving',
      'receiving',
    ])
    const offsets = await Promise.all(ids.map((id) => t.services.parts.offset(id)))
    expect(offsets).toEqual([undefined, undefined, 102, 103, 104])
  })
})

describe('requests of the page', () => {
  test('are counted for each session, bytes apart, and the sixty-first in a minute waits', async () => {
    const [link, other] = [await t.aLink(), await t.aLink()]
    const ask = (of: TestLink, method: string) =>
      admitPage(t.services, { authorization: of.authorization, method })
    for (let n = 0; n < 60; n++) await ask(link, n % 2 ? 'GET' : 'HEAD')
    const throttled = { status: 429, reason: 'service_unavailable', retryAfterSeconds: expect.any(Number) }
    await expect(ask(link, 'GET')).rejects.toMatchObject(throttled)
    await expect(ask(link, 'POST')).rejects.toMatchObject(throttled)
    await expect(ask(link, 'PATCH')).resolves.toMatchObject({ sampleId: link.sampleId })
    await expect(ask(other, 'GET')).resolves.toMatchObject({ sampleId: other.sampleId })
  })

  test('without a token of ours are refused before they are counted', async () => {
    const invalid = { status: 401, reason: 'link_invalid' }
    for (const authorization of [null, 'Bearer x', 'Bearer a.b.c']) {
      await expect(admitPage(t.services, { authorization, method: 'PATCH' })).rejects.toMatchObject(invalid)
    }
  })

  test('go on with an opened link after its link window', async () => {
    const link = await t.anOpenLink({ expires_in: 60 })
    await t.advance(600)
    const session = await admitPage(t.services, { authorization: link.authorization, method: 'GET' })
    expect((await openSession(t.services, session)).state).toBe('opened')
    await expect(begin(link)).resolves.toBeUndefined()
  })
})

test('An upload id tells its sample, and nothing else is one', () => {
  const sampleId = crypto.randomUUID()
  const id = uploadIdFor(sampleId)
  expect(sampleOfUploadId(id)).toBe(sampleId)
  expect(uploadIdFor(sampleId)).not.toBe(id)
  for (const bad of [
    '',
    sampleId,
    `${id}0`,
    id.slice(1),
    id.toUpperCase(),
    `../${id}`,
    `${id}/x`,
    `${id}\n`,
  ]) {
    expect(sampleOfUploadId(bad)).toBeUndefined()
  }
})
