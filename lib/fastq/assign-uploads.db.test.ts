import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Caller } from '#lib/access/caller.ts'
import type { Problem } from '#lib/problem.ts'
import { deleteSamples } from '#lib/samples/delete-samples.ts'
import type { Services } from '#lib/services.ts'
import { cancelSamples } from '#lib/sessions/cancel-samples.ts'
import { type TestPartner, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { createSubscription } from '#lib/webhooks/change-subscription.ts'
import { addUpload } from './add-upload.ts'
import { assignUploads } from './assign-uploads.ts'
import { deleteUploads } from './delete-uploads.ts'
import { startStore, type TestStore } from './store-for-tests.ts'

let t: TestServices
let services: Services
let store: TestStore
let everyone: Caller
let partner: TestPartner
let at: string

beforeAll(async () => {
  t = await testServices()
  services = { ...t.services, env: { ...t.services.env, allowPrivateTargets: true } }
  store = await startStore()
  everyone = (await t.aKey({ role: 'owner' })).caller
})
afterAll(async () => {
  await store.stop()
  await t.stop()
})
beforeEach(async () => {
  partner = await t.aPartner()
  at = `gncv://${crypto.randomUUID()}/`
})

async function anUpload(name: string, { caller = partner.caller, query = '' } = {}): Promise<string> {
  const source_url = `${store.origin}/${name}${query}`
  return (await addUpload(services, caller, { destination_path: `${at}${name}`, source_url })).upload.id
}

interface Assigning {
  caller?: Caller
  projectId?: string
  metadata?: unknown
}

const assign = (
  uploads: unknown,
  { caller = partner.caller, projectId = partner.project.id, ...more }: Assigning = {},
) => assignUploads(services, caller, { projectId, fields: { uploads, ...more } })

const rowOf = (clientId: string, r1: string, r2?: string | null) => ({
  client_id: clientId,
  fastq: { r1: { upload: r1 }, ...(r2 === undefined ? {} : { r2: r2 && { upload: r2 } }) },
})

const refusalOf = (refused: Promise<unknown>): Promise<Problem> =>
  refused.then(
    () => Promise.reject(new Error('Nothing was refused')),
    (problem: Problem) => problem,
  )
const faultsOf = async (refused: Promise<unknown>) => (await refusalOf(refused)).fields?.uploads

/** Samples of the partner's project, with the input of the run of each. */
const samplesNow = () =>
  t.services.db
    .selectFrom('sample')
    .leftJoin('run', 'run.id', 'sample.run_id')
    .select(['sample.id', 'client_id', 'metadata', 'status', 'input', 'state'])
    .where('project_id', '=', partner.project.id)
    .orderBy('client_id')
    .execute()

test('rows become scheduled samples, each with its metadata, its history, its run and the run’s job', async () => {
  const [a1, a2, b1] = [
    await anUpload('a_R1.fastq.gz'),
    await anUpload('a_R2.fastq.gz'),
    await anUpload('b_R1.fastq.gz'),
  ]
  const answer = await assign([rowOf('a', a1, a2), rowOf('other name', b1, null)], {
    metadata: [1, { two: 3 }],
  })
  const samples = await samplesNow()
  expect(answer).toEqual({
    uploads: [
      { client_id: 'a', fastq: { r1: { upload: a1 }, r2: { upload: a2 } }, sample: samples[0]!.id },
      { client_id: 'other name', fastq: { r1: { upload: b1 }, r2: null }, sample: samples[1]!.id },
    ],
    metadata: [1, { two: 3 }],
  })
  expect(samples).toMatchObject([
    {
      client_id: 'a',
      metadata: [1, { two: 3 }],
      status: 'scheduled',
      state: 'queued',
      input: { kind: 'fastq', r1: { uploadId: a1 }, r2: { uploadId: a2 } },
    },
    { client_id: 'other name', input: { kind: 'fastq', r1: { uploadId: b1 }, r2: null } },
  ])
  expect(await t.statusesOf(samples[0]!.id)).toEqual(['scheduled'])
  expect((await t.queued('run-fastq-analysis')).slice(-2)).toHaveLength(2)
})

test('what else stands in a row is not read, and no metadata is null', async () => {
  const r1 = await anUpload('a_R1.fastq.gz')
  const status = { id: r1, status: 'succeeded', note: '', created: '2026-11-21T17:32:12.192823+00:00' }
  const row = {
    client_id: 'a',
    fastq: { r1: { upload: r1.replaceAll('-', ''), destination_path: 'gncv://x', last_status: status } },
    sample: null,
  }
  expect(await assign([row])).toMatchObject({
    uploads: [{ fastq: { r1: { upload: r1 }, r2: null } }],
    metadata: null,
  })
  expect((await samplesNow())[0]!.metadata).toBeNull()
})

test('metadata of a single row is refused, since it would be lost', async () => {
  const row = { ...rowOf('own', await anUpload('own_R1.fastq.gz')), metadata: { q: 1 } }
  expect(await faultsOf(assign([row]))).toEqual([
    'Sample 1: metadata: Give it beside uploads, where it is that of every sample.',
  ])
})

test('no rows make no samples, which Gencove’s command line asks for after each 200', async () => {
  expect(await assign([], { metadata: { a: 1 } })).toEqual({ uploads: [], metadata: { a: 1 } })
  expect(await refusalOf(assign([], { projectId: crypto.randomUUID() }))).toMatchObject({ code: 'not_found' })
})

test('200 samples are made at once, and 201 are refused', async () => {
  const ids: string[] = []
  // Ten at a time: each asks its store, which has to answer within a limit of its own.
  for (let n = 0; n < 200; n += 10) {
    ids.push(...(await Promise.all(Array.from({ length: 10 }, (_, k) => anUpload(`s${n + k}_R1.fastq.gz`)))))
  }
  const rows = ids.map((id, n) => rowOf(`s${n}`, id))
  expect(await faultsOf(assign([...rows, rows[0]]))).toEqual([
    'Ensure this field has no more than 200 elements.',
  ])
  const { uploads } = await assign(rows)
  expect(uploads.map(({ client_id }) => client_id)).toEqual(rows.map((row) => row.client_id))
  expect(await samplesNow()).toHaveLength(200)
})

test('one row that cannot be assigned keeps all of them from it, and every fault is named with its row', async () => {
  const r1 = await anUpload('a_R1.fastq.gz')
  const r2 = await anUpload('a_R2.fastq.gz')
  const taken = await anUpload('taken_R1.fastq.gz')
  await assign([rowOf('taken', taken)])
  const deleted = await anUpload('deleted_R1.fastq.gz')
  await deleteUploads(services, partner.caller, { upload_ids: [deleted] })
  const unseen = await anUpload('x_R1.fastq.gz', await t.aPartner())
  const unknown = crypto.randomUUID()
  const rows = [
    rowOf('a', r1),
    rowOf('b', r2),
    rowOf('c', taken),
    rowOf('d', deleted),
    rowOf('e', unseen),
    rowOf('f', unknown),
  ]
  const gone = 'does not exist, or you do not have privileges to access it.'
  expect(await faultsOf(assign(rows))).toEqual([
    `Sample 2: upload ${r2} is R2, not R1.`,
    `Sample 3: upload ${taken} is already assigned to a sample.`,
    `Sample 4: upload ${deleted} ${gone}`,
    `Sample 5: upload ${unseen} ${gone}`,
    `Sample 6: upload ${unknown} ${gone}`,
  ])
  expect(await faultsOf(assign([rowOf('a', r1, r1)]))).toEqual([
    `Sample 1: upload ${r1} occurs in this request twice.`,
  ])
  expect(await faultsOf(assign([rowOf('a', r1), rowOf('b', r1)]))).toEqual([
    `Sample 2: upload ${r1} occurs in this request twice.`,
  ])
  expect((await samplesNow()).map(({ client_id }) => client_id)).toEqual(['taken'])
  expect(await assign([rowOf('a', r1, r2)])).toMatchObject({ uploads: [{ client_id: 'a' }] })
})

test.each([
  [undefined, 'This field is required.'],
  [{}, 'Expected a list of items.'],
  [['x'], 'Sample 1: Invalid data. Expected a dictionary.'],
  [[{ client_id: 'a' }], 'Sample 1: fastq: This field is required.'],
  [
    [{ client_id: 'a', fastq: { r2: { upload: crypto.randomUUID() } } }],
    'Sample 1: fastq.r1: This field is required.',
  ],
  [[{ client_id: 'a', fastq: { r1: { upload: 'x' } } }], 'Sample 1: fastq.r1.upload: Must be a valid UUID.'],
  [
    [{ client_id: 'a', fastq: { r1: { upload: crypto.randomUUID() }, R2: { upload: crypto.randomUUID() } } }],
    'Sample 1: fastq: It has other fields than r1 and r2.',
  ],
  [[{ fastq: { r1: { upload: crypto.randomUUID() } } }], 'Sample 1: client_id: This field is required.'],
  [[rowOf('a_b', crypto.randomUUID())], 'Sample 1: client_id: Underscore is not allowed in client id.'],
  [[rowOf('../x', crypto.randomUUID())], 'Sample 1: client_id: A slash is not allowed in a client id.'],
  [[rowOf('', crypto.randomUUID())], 'Sample 1: client_id: The client id is empty.'],
  [[rowOf('a\0', crypto.randomUUID())], 'Sample 1: client_id: Not a valid string.'],
])('rows of another form are refused: %j', async (uploads, fault) => {
  expect(await faultsOf(assign(uploads))).toEqual([fault])
})

test('a refusal names fifty faults at most', async () => {
  const rows = Array.from({ length: 200 }, () => rowOf('a', crypto.randomUUID()))
  expect(await faultsOf(assign(rows))).toHaveLength(50)
})

test('metadata that cannot be kept is refused', async () => {
  for (const metadata of ['x'.repeat(16_385), { 'a\0': 1 }]) {
    expect((await refusalOf(assign([], { metadata }))).fields).toEqual({ metadata: [expect.any(String)] })
  }
})

test('what belongs to one project becomes no other’s; what is the organisation’s may become anybody’s', async () => {
  const own = await anUpload('a_R1.fastq.gz')
  const elsewhere = await t.aProject()
  expect(await faultsOf(assign([rowOf('a', own)], { caller: everyone, projectId: elsewhere.id }))).toEqual([
    `Sample 1: upload ${own} belongs to another project.`,
  ])
  const shared = await anUpload('b_R1.fastq.gz', { caller: everyone })
  expect(await faultsOf(assign([rowOf('b', shared)]))).toEqual([expect.stringContaining('does not exist')])
  await assign([rowOf('a', own), rowOf('b', shared)], { caller: everyone })
  expect((await samplesNow()).map(({ client_id }) => client_id)).toEqual(['a', 'b'])
})

test('a URL that has expired since is not even tried', async () => {
  const query = `?AWSAccessKeyId=A&Signature=S&Expires=${Math.ceil((await services.clock.now()).getTime() / 1_000) + 600}`
  const id = await anUpload('a_R1.fastq.gz', { query })
  await t.advance(601)
  expect(await faultsOf(assign([rowOf('a', id)]))).toEqual([
    expect.stringContaining(`upload ${id} has a URL that has expired`),
  ])
})

test('of several who assign the same uploads at once exactly one does, whatever order they name them in', async () => {
  const ids = await Promise.all([1, 2, 3, 4].map((n) => anUpload(`s${n}_R1.fastq.gz`)))
  const rows = ids.map((id, n) => rowOf(`s${n}`, id))
  const tries = await Promise.allSettled(
    Array.from({ length: 6 }, (_, n) => assign(n % 2 ? rows : rows.toReversed())),
  )
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const failed of tries) {
    if (failed.status === 'rejected') expect((failed.reason as Problem).fields?.uploads).toHaveLength(4)
  }
  expect(await samplesNow()).toHaveLength(4)
})

test('with an Idempotency-Key a repetition gets the first samples, also at once, and nothing but their ids is kept', async () => {
  const id = await anUpload('a_R1.fastq.gz')
  const request = { projectId: partner.project.id, key: crypto.randomUUID() }
  const fields = { uploads: [rowOf('zq9Name', id)], metadata: { zq9: 'private' } }
  const tries = await Promise.allSettled(
    Array.from({ length: 4 }, () => assignUploads(services, partner.caller, { ...request, fields })),
  )
  const first = await assignUploads(services, partner.caller, { ...request, fields })
  expect(first).toMatchObject({ uploads: [{ client_id: 'zq9Name' }], metadata: { zq9: 'private' } })
  for (const one of tries) {
    if (one.status === 'fulfilled') expect(one.value).toEqual(first)
    else expect(one.reason).toMatchObject({ code: 'conflict' })
  }
  expect(await samplesNow()).toHaveLength(1)
  const kept = await t.services.db
    .selectFrom('idempotency')
    .selectAll()
    .where('key', '=', request.key)
    .execute()
  expect(JSON.stringify(kept.map((answer) => answer.response))).not.toContain('zq9')
  const other = assignUploads(services, partner.caller, { ...request, fields: { ...fields, metadata: null } })
  expect(await refusalOf(other)).toMatchObject({ code: 'unprocessable' })
})

test('subscribers hear of the new samples, and canceling or deleting them works like with all others', async () => {
  const fields = { target: 'https://hooks.clinic.example/', event_types: ['sample_status_changed'] }
  await createSubscription(services, everyone, partner.project.id, fields)
  const ids = [await anUpload('a_R1.fastq.gz'), await anUpload('b_R1.fastq.gz')]
  const { uploads } = await assign([rowOf('a', ids[0]!), rowOf('b', ids[1]!)])
  const [a, b] = uploads.map(({ sample }) => sample)
  const events = t.services.db.selectFrom('webhook_event').select(['sample_id', 'payload'])
  expect(await events.where('sample_id', '=', a!).execute()).toMatchObject([
    { payload: { samples: [{ client_id: 'a', last_status: { status: 'scheduled' } }] } },
  ])
  const projectId = partner.project.id
  expect(await cancelSamples(services, partner.caller, { projectId, fields: { sample_ids: [a] } })).toBe(1)
  expect(await t.statusesOf(a!)).toEqual(['scheduled', 'canceled'])

  await deleteSamples(services, everyone, { projectId, fields: { sample_ids: [b] } })
  const left = await t.services.db.selectFrom('fastq_upload').select('id').where('id', 'in', ids).execute()
  // The URL goes with the sample, and its name with it.
  expect(left).toEqual([{ id: ids[0] }])
})
