import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Caller } from '#lib/access/caller.ts'
import type { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { type TestPartner, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { type AddedUpload, addUpload } from './add-upload.ts'
import { deleteUploads } from './delete-uploads.ts'
import { listUploads } from './list-uploads.ts'
import { sourceOf } from './seal-source.ts'
import { fastqBytes, sendRange, startStore, type TestStore } from './store-for-tests.ts'
import { UploadFilter } from './upload-filter.ts'

let t: TestServices
let services: Services
let store: TestStore
let everyone: Caller
let partner: TestPartner
/** A destination of each test's own. */
let at: string

beforeAll(async () => {
  t = await testServices()
  services = { ...t.services, env: { ...t.services.env, allowPrivateTargets: true } }
  store = await startStore()
  everyone = (await t.aKey({ role: 'analyst' })).caller
})
afterAll(async () => {
  await store.stop()
  await t.stop()
})
beforeEach(async () => {
  partner = await t.aPartner()
  at = `gncv://${crypto.randomUUID()}/`
})

const urlOf = (name: string, query = '?sig=zq9SECRET') => `${store.origin}/b/${name}${query}`
const add = (
  name: string,
  { caller = partner.caller, url = urlOf(name), ...more }: Adding = {},
): Promise<AddedUpload> =>
  addUpload(services, caller, { destination_path: `${at}${name}`, source_url: url, ...more })
type Adding = { caller?: Caller; url?: string; project_id?: string }

const idOf = async (name: string, adding: Adding = {}) => (await add(name, adding)).upload.id
const page = { limit: 200, offset: 0 }
const uploads = (query: Record<string, string> = {}, caller = partner.caller) =>
  listUploads(services, caller, UploadFilter.parse(query), page)

const refusalOf = (refused: Promise<unknown>): Promise<Problem> =>
  refused.then(
    () => Promise.reject(new Error('Nothing was refused')),
    (problem: Problem) => problem,
  )
const fieldsOf = async (refused: Promise<unknown>) => (await refusalOf(refused)).fields

describe('a FASTQ file by URL', () => {
  test('is taken with what was found out about it, and its URL is kept encrypted alone', async () => {
    const ends = Math.ceil(Date.now() / 1_000) + 3_600
    const url = urlOf('s1_R1.fastq.gz', `?AWSAccessKeyId=zq9SECRET&Signature=zq9SECRET&Expires=${ends}`)
    const { upload, warnings } = await add('s1_R1.fastq.gz', { url })
    expect(upload).toMatchObject({
      projectId: partner.project.id,
      destinationPath: `${at}s1_R1.fastq.gz`,
      clientId: 's1',
      rNotation: 'R1',
      sourceHost: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      size: fastqBytes().length,
      expiresAt: new Date(ends * 1_000),
      source: 'cli url',
      status: { status: 'succeeded', note: '' },
      sampleId: null,
    })
    expect(warnings).toEqual([expect.stringContaining('within the 24 hours')])
    const stored = await t.services.db
      .selectFrom('fastq_upload')
      .selectAll()
      .where('id', '=', upload.id)
      .execute()
    expect(JSON.stringify(stored)).not.toMatch(/zq9|\/b\//)
    expect(await sourceOf(services, upload.id)).toEqual({
      url,
      size: fastqBytes().length,
      expiresAt: new Date(ends * 1_000),
      clientId: 's1',
      rNotation: 'R1',
    })
  })

  test('is warned of by the wait that its own project expects', async () => {
    const patient = await t.aPartner({ expectedWaitHours: 2 })
    const url = (seconds: number) =>
      urlOf(
        's1_R1.fastq.gz',
        `?AWSAccessKeyId=A&Signature=S&Expires=${Math.ceil(Date.now() / 1_000) + seconds}`,
      )
    expect((await add('s1_R1.fastq.gz', { caller: patient.caller, url: url(10_000) })).warnings).toEqual([])
    const { warnings } = await add('s2_R1.fastq.gz', { caller: patient.caller, url: url(7_000) })
    expect(warnings).toEqual([expect.stringContaining('within the 2 hours')])
  })

  test('is the same upload when it is handed over again, asked once or by many at the same moment', async () => {
    const one = await add('s1_R1.fastq.gz')
    const asked = store.asked.length
    expect((await add('s1_R1.fastq.gz')).upload).toEqual(one.upload)
    expect(store.asked).toHaveLength(asked)
    const many = await Promise.all(Array.from({ length: 8 }, () => idOf('s2_R1.fastq.gz')))
    expect(new Set(many).size).toBe(1)
    expect((await uploads()).count).toBe(2)
  })

  test('does not take the place of another one, nor of one that was deleted', async () => {
    const id = await idOf('s1_R1.fastq.gz')
    const path = `${at}s1_R1.fastq.gz`
    expect(await fieldsOf(add('s1_R1.fastq.gz', { url: urlOf('other_R1.fastq.gz') }))).toEqual({
      destination_path: [
        `Destination ${path} is taken by another upload. Please choose a different destination.`,
      ],
    })
    await deleteUploads(services, partner.caller, { upload_ids: [id] })
    expect(await fieldsOf(add('s1_R1.fastq.gz'))).toEqual({
      destination_path: [
        `Destination ${path} is taken by another upload that was deleted. Please choose a different destination.`,
      ],
    })
  })

  test('may have the destination of another owner', async () => {
    const other = await t.aPartner()
    const ids = [
      await idOf('s1_R1.fastq.gz'),
      await idOf('s1_R1.fastq.gz', { caller: other.caller }),
      await idOf('s1_R1.fastq.gz', { caller: everyone }),
    ]
    expect(new Set(ids).size).toBe(3)
  })

  test('is refused with everything that is wrong, and nothing is kept of it', async () => {
    const refused = addUpload(services, partner.caller, {
      destination_path: 's3://x/s1.fastq.gz',
      source_url: 'https://evil.example/s_R1.fastq.gz?zq9SECRET',
      project_id: crypto.randomUUID(),
    })
    const fields = await fieldsOf(refused)
    expect(Object.keys(fields!).toSorted()).toEqual(['destination_path', 'project_id', 'source_url'])
    expect(JSON.stringify(fields)).not.toMatch(/zq9|evil/)
    expect(await fieldsOf(addUpload(services, partner.caller, {}))).toEqual({
      destination_path: ['This field is required.'],
      source_url: ['This field is required.'],
    })
    expect(
      await fieldsOf(addUpload(services, partner.caller, { destination_path: 7, source_url: null })),
    ).toEqual({
      destination_path: ['Not a valid string.'],
      source_url: ['This field may not be null.'],
    })
    for (const text of ['gncv://a\0/s_R1.fastq.gz', 'gncv://\ud800/s_R1.fastq.gz']) {
      const bad = { destination_path: text, source_url: urlOf('s_R1.fastq.gz') }
      expect(await fieldsOf(addUpload(services, partner.caller, bad))).toEqual({
        destination_path: ['Not a valid string.'],
      })
    }
    expect((await uploads()).count).toBe(0)
  })

  test('belongs to the only project the caller may upload to; with several it must be named', async () => {
    const [a, b] = [await t.aProject(), await t.aProject()]
    const person = (projectRoles: Caller['projectRoles']): Caller => ({
      apiKeyId: null,
      userId: crypto.randomUUID(),
      role: null,
      projectId: null,
      projectRoles,
    })
    const ofOne = person({ [a.id]: 'uploader', [b.id]: 'viewer' })
    const { upload } = await add('s1_R1.fastq.gz', { caller: ofOne })
    expect(upload).toMatchObject({ projectId: a.id, userId: ofOne.userId })
    const ofTwo = person({ [a.id]: 'analyst', [b.id]: 'analyst' })
    expect(await fieldsOf(add('s2_R1.fastq.gz', { caller: ofTwo }))).toEqual({
      project_id: [expect.stringContaining('required')],
    })
    expect((await add('s2_R1.fastq.gz', { caller: ofTwo, project_id: b.id })).upload.projectId).toBe(b.id)
    expect((await add('s3_R1.fastq.gz', { caller: everyone })).upload.projectId).toBeNull()
    expect(await refusalOf(add('s4_R1.fastq.gz', { caller: person({ [a.id]: 'viewer' }) }))).toMatchObject({
      code: 'permission_denied',
    })
  })
})

test('a store that is busy leaves nothing behind, and the same request works later', async () => {
  let busy = true
  const moody = await startStore((request, response) =>
    busy ? void response.writeHead(503).end() : sendRange(request, response, fastqBytes()),
  )
  const url = `${moody.origin}/s1_R1.fastq.gz`
  expect(await refusalOf(add('s1_R1.fastq.gz', { url }))).toMatchObject({
    code: 'unavailable',
    retryAfterSeconds: 5,
  })
  expect((await uploads()).count).toBe(0)
  busy = false
  expect((await add('s1_R1.fastq.gz', { url })).upload.clientId).toBe('s1')
  await moody.stop()
})
