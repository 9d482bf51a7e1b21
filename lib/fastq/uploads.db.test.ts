import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Caller } from '#lib/access/caller.ts'
import { chainAudit } from '#lib/audit/chain-audit.ts'
import type { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { type TestPartner, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { type AddedUpload, addUpload } from './add-upload.ts'
import { assignUploads } from './assign-uploads.ts'
import { deleteUploads } from './delete-uploads.ts'
import { listSampleSheet } from './list-sample-sheet.ts'
import { listUploads, showUpload } from './list-uploads.ts'
import { sourceOf } from './seal-source.ts'
import { startStore, type TestStore } from './store-for-tests.ts'
import { SheetFilter, UploadFilter } from './upload-filter.ts'

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
const sheet = (query: Record<string, string> = {}, caller = partner.caller) =>
  listSampleSheet(services, caller, SheetFilter.parse(query), page)
const uploads = (query: Record<string, string> = {}, caller = partner.caller) =>
  listUploads(services, caller, UploadFilter.parse(query), page)
const assign = (rows: unknown, { caller = partner.caller, projectId = partner.project.id } = {}) =>
  assignUploads(services, caller, { projectId, fields: { uploads: rows, metadata: null } })
const rowOf = (clientId: string, r1: string, r2?: string) => ({
  client_id: clientId,
  fastq: { r1: { upload: r1 }, ...(r2 ? { r2: { upload: r2 } } : {}) },
})
const namesOf = async (query: Record<string, string>, caller?: Caller) =>
  (await sheet(query, caller)).rows.map(({ client_id }) => client_id)

const refusalOf = (refused: Promise<unknown>): Promise<Problem> =>
  refused.then(
    () => Promise.reject(new Error('Nothing was refused')),
    (problem: Problem) => problem,
  )
const fieldsOf = async (refused: Promise<unknown>) => (await refusalOf(refused)).fields

describe('My FASTQs', () => {
  test('are paired by the names of their destinations; an R2 that is not there is left out', async () => {
    const r1 = await idOf('s1_R1.fastq.gz')
    const r2 = await idOf('s1_R2.fastq.gz')
    const lane = await idOf('Sample-7_S1_L001_R1_001.fastq.gz')
    const other = await idOf('Sample-7_S1_L002_R1_001.fastq.gz')
    const laneR2 = await idOf('Sample-7_S1_L001_R2_001.fastq.gz')
    await idOf('alone_R2.fastq.gz')
    const { count, rows: results } = await sheet({ sort_order: 'asc' })
    expect(count).toBe(3)
    const part = (id: string, name: string) => ({
      upload: id,
      destination_path: `${at}${name}`,
      last_status: { id: expect.any(String), status: 'succeeded', note: '', created: expect.any(String) },
      source_url: `${store.origin}/b/${name}`,
      size: expect.any(Number),
      expires_at: null,
    })
    expect(results).toEqual([
      {
        client_id: 's1',
        fastq: { r1: part(r1, 's1_R1.fastq.gz'), r2: part(r2, 's1_R2.fastq.gz') },
        project: partner.project.id,
        sample: null,
      },
      {
        client_id: 'Sample-7',
        fastq: {
          r1: part(lane, 'Sample-7_S1_L001_R1_001.fastq.gz'),
          r2: part(laneR2, 'Sample-7_S1_L001_R2_001.fastq.gz'),
        },
        project: partner.project.id,
        sample: null,
      },
      {
        client_id: 'Sample-7',
        fastq: { r1: part(other, 'Sample-7_S1_L002_R1_001.fastq.gz') },
        project: partner.project.id,
        sample: null,
      },
    ])
    expect((await uploads()).count).toBe(6)
  })

  test('are found by when their URLs end, whichever of a pair ends first, and by whose they are', async () => {
    const ends = (seconds: number) =>
      `?AWSAccessKeyId=A&Signature=S&Expires=${Math.ceil(Date.now() / 1_000) + seconds}`
    await add('never_R1.fastq.gz')
    await add('late_R1.fastq.gz', { url: urlOf('late_R1.fastq.gz', ends(90_000)) })
    await add('first_R1.fastq.gz', { url: urlOf('first_R1.fastq.gz', ends(3_000)) })
    await add('second_R1.fastq.gz', { url: urlOf('second_R1.fastq.gz', ends(90_000)) })
    await add('second_R2.fastq.gz', { url: urlOf('second_R2.fastq.gz', ends(3_000)) })
    await add('all_R1.fastq.gz', { caller: everyone })
    const expires_before = new Date(Date.now() + 7_200_000).toISOString()
    expect((await namesOf({ search: at, expires_before })).toSorted()).toEqual(['first', 'second'])
    const { id: project } = partner.project
    const own = ['all', 'first', 'late', 'never', 'second']
    expect((await namesOf({ search: at, project }, everyone)).toSorted()).toEqual(own)
    expect(await namesOf({ search: at, project: crypto.randomUUID() }, everyone)).toEqual(['all'])
  })

  test('are searched by the beginning of the destination, which holds no patterns, or by a part of it', async () => {
    for (const name of ['s1_R1.fastq.gz', 's1_R2.fastq.gz', 's2_R1.fastq.gz']) await add(name)
    expect((await namesOf({ search: at })).toSorted()).toEqual(['s1', 's2'])
    expect(await namesOf({ search: `${at}s1` })).toEqual(['s1'])
    expect(await namesOf({ search: `${at}s1_R1.fastq.gz` })).toEqual(['s1'])
    expect(await namesOf({ search: 'S2_r1' })).toEqual(['s2'])
    for (const search of [`${at}%`, `${at}__`, 'gncv://other/', '%', '\\', "'"]) {
      expect([search, await namesOf({ search })]).toEqual([search, []])
    }
    const { rows: results } = await sheet({ search: `${at}s1` })
    expect(await namesOf({ search: results[0]!.fastq.r1.upload })).toEqual(['s1'])
  })

  test('are filtered by status as every version of Gencove’s command line spells it', async () => {
    const r1 = await idOf('s1_R1.fastq.gz')
    await add('s2_R1.fastq.gz')
    await assign([rowOf('s1', r1)])
    for (const [status, names] of [
      ['assigned', ['s1']],
      ['SampleAssignmentStatus.ASSIGNED', ['s1']],
      ['unassigned', ['s2']],
      ['SampleAssignmentStatus.UNASSIGNED', ['s2']],
      ['all', ['s1', 's2']],
      ['SampleAssignmentStatus.ALL', ['s1', 's2']],
    ] as const) {
      expect([status, await namesOf({ status, sort_by: 'client_id', sort_order: 'asc' })]).toEqual([
        status,
        names,
      ])
    }
    const [row] = (await sheet({ status: 'assigned' })).rows
    expect(row!.sample).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('come by the page, in a total order, either way', async () => {
    for (let n = 1; n <= 5; n++) await add(`s${n}_R1.fastq.gz`)
    const pages = await Promise.all(
      [0, 2, 4].map((offset) =>
        listSampleSheet(
          services,
          partner.caller,
          SheetFilter.parse({ sort_by: 'created', sort_order: 'asc' }),
          {
            limit: 2,
            offset,
          },
        ),
      ),
    )
    expect(pages.map(({ count }) => count)).toEqual([5, 5, 5])
    expect(pages.flatMap(({ rows }) => rows.map((row) => row.client_id))).toEqual([
      's1',
      's2',
      's3',
      's4',
      's5',
    ])
    expect(await namesOf({ sort_by: 'created', sort_order: 'desc' })).toEqual(['s5', 's4', 's3', 's2', 's1'])
  })

  test('show a key of a project only its own, and everything to a caller who sees all projects', async () => {
    const id = await idOf('s1_R1.fastq.gz')
    const shared = await idOf('s2_R1.fastq.gz', { caller: everyone })
    const other = (await t.aPartner()).caller
    expect(await namesOf({ search: at })).toEqual(['s1'])
    expect(await namesOf({ search: at }, other)).toEqual([])
    expect((await namesOf({ search: at }, everyone)).toSorted()).toEqual(['s1', 's2'])
    expect((await uploads({ search: at })).rows.map((upload) => upload.id)).toEqual([id])
    expect((await uploads({ search: at }, everyone)).count).toBe(2)
    expect(await showUpload(services, partner.caller, id)).toMatchObject({
      id,
      project: partner.project.id,
      source_url: urlOf('s1_R1.fastq.gz', ''),
      file: { file_type: 'fastq-r1', download_url: '' },
    })
    for (const unseen of [shared, crypto.randomUUID(), 'x']) {
      expect(await refusalOf(showUpload(services, partner.caller, unseen))).toMatchObject({
        code: 'not_found',
      })
    }
    expect(await refusalOf(showUpload(services, other, id))).toMatchObject({ code: 'not_found' })
  })

  test('need the right to look, and the right to upload to delete', async () => {
    const { caller: viewer } = await t.aKey({ role: 'viewer', projectId: partner.project.id })
    const { caller: uploader } = await t.aKey({ role: 'uploader', projectId: partner.project.id })
    const id = await idOf('s1_R1.fastq.gz', { caller: uploader })
    expect(await namesOf({}, viewer)).toEqual(['s1'])
    const denied = { code: 'permission_denied' }
    expect(await refusalOf(sheet({}, uploader))).toMatchObject(denied)
    expect(await refusalOf(uploads({}, uploader))).toMatchObject(denied)
    expect(await refusalOf(add('s2_R1.fastq.gz', { caller: viewer }))).toMatchObject(denied)
    expect(await refusalOf(deleteUploads(services, viewer, { upload_ids: [id] }))).toMatchObject(denied)
    expect(await refusalOf(assign([], { caller: uploader }))).toMatchObject(denied)
  })
})

describe('uploads that nobody needs', () => {
  test('are forgotten, all or none, URL and all; doing so twice is doing it once', async () => {
    const ids = [await idOf('s1_R1.fastq.gz'), await idOf('s1_R2.fastq.gz')]
    const kept = await idOf('s2_R1.fastq.gz')
    const other = await idOf('s3_R1.fastq.gz', { caller: (await t.aPartner()).caller })
    const unknown = crypto.randomUUID()
    expect(
      await fieldsOf(deleteUploads(services, partner.caller, { upload_ids: [...ids, other, unknown] })),
    ).toEqual({
      upload_ids: [`Invalid upload IDs: ${other}, ${unknown}.`],
    })
    expect((await uploads()).count).toBe(3)
    for (let times = 0; times < 2; times++) {
      const asked = { upload_ids: [ids[0]!.replaceAll('-', ''), ids[1]!.toUpperCase()] }
      expect(await deleteUploads(services, partner.caller, asked)).toEqual(ids)
      expect(await namesOf({})).toEqual(['s2'])
    }
    const rows = await t.services.db.selectFrom('fastq_upload').selectAll().where('id', 'in', ids).execute()
    expect(rows.map((row) => row.sealed_url)).toEqual([null, null])
    await expect(sourceOf(services, ids[0]!)).rejects.toThrow('deleted')
    expect(await refusalOf(showUpload(services, partner.caller, ids[0]!))).toMatchObject({
      code: 'not_found',
    })
    expect(await sourceOf(services, kept)).toMatchObject({ clientId: 's2' })
  })

  test('are not those of a sample', async () => {
    const id = await idOf('s1_R1.fastq.gz')
    await assign([rowOf('s1', id)])
    expect(await fieldsOf(deleteUploads(services, partner.caller, { upload_ids: [id] }))).toEqual({
      upload_ids: [expect.stringContaining('assigned to a sample')],
    })
  })

  test.each([
    [{}, 'This field is required.'],
    [{ upload_ids: [] }, 'This list may not be empty.'],
    [{ upload_ids: 'x' }, 'Expected a list of items.'],
    [{ upload_ids: ['x'] }, 'Must be a valid UUID.'],
  ])('must be named: %j', async (fields, message) => {
    expect(await fieldsOf(deleteUploads(services, partner.caller, fields))).toEqual({ upload_ids: [message] })
  })
})

test('every change stands in the audit trail', async () => {
  const ids = [await idOf('s1_R1.fastq.gz'), await idOf('s2_R1.fastq.gz')]
  const { uploads: made } = await assign([rowOf('s1', ids[0]!)])
  await deleteUploads(services, partner.caller, { upload_ids: [ids[1]!] })
  await chainAudit(t.services)
  const entries = await t.services.db
    .selectFrom('audit_entry')
    .select(['action', 'targets'])
    .where('project_id', '=', partner.project.id)
    .orderBy('seq')
    .execute()
  expect(entries.filter(({ action }) => action.startsWith('fastq.'))).toEqual([
    { action: 'fastq.add', targets: [ids[0]] },
    { action: 'fastq.add', targets: [ids[1]] },
    { action: 'fastq.assign', targets: [made[0]!.sample] },
    { action: 'fastq.delete', targets: [ids[1]] },
  ])
})
