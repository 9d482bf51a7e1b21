import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addUpload } from '#lib/fastq/add-upload.ts'
import { deleteTestUploads } from '#lib/fastq/delete-test-uploads.ts'
import { deleteUploads } from '#lib/fastq/delete-uploads.ts'
import { startStore } from '#lib/fastq/store-for-tests.ts'
import { showInsights } from '#lib/insights/show-insights.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { deleteTestSamples } from '#lib/samples/delete-test-samples.ts'
import { provideServices, type Services } from '#lib/services.ts'
import {
  LINK_SECONDS_MAX,
  TEST_LINK_SECONDS_MAX,
  TEST_UPLOAD_WINDOW_SECONDS,
  UPLOAD_WINDOW_SECONDS,
} from '#lib/sessions/limits.ts'
import { receiveUpload } from '#lib/sessions/upload/receive-upload.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import { viewSession } from '#lib/sessions/view-session.ts'
import { sweep } from '#lib/sweep.ts'
import { callRoute } from '#lib/testing/call-route.ts'
import { type TestPartner, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { createSubscription } from '#lib/webhooks/change-subscription.ts'
import { measureBacklog } from '#lib/webhooks/deliver-due.ts'

let t: TestServices
/** Of a test project, and of one that is none. */
let tester: TestPartner
let partner: TestPartner
/** For the whole installation. */
let owner: string

beforeAll(async () => {
  t = await testServices()
  provideServices(t.services)
  // First in this installation: the default for array data would otherwise be this one.
  const project = await createProject(t.services, { name: 'Trials', test: true })
  const { key, caller } = await t.aKey({ projectId: project.id })
  tester = { project, key, caller }
  partner = await t.aPartner({ rawFileDays: 30 })
  owner = (await t.aKey({ role: 'owner' })).key
})
afterAll(async () => {
  provideServices(undefined)
  await t.stop()
})

async function call(
  method: string,
  at: string,
  { key = owner, body }: { key?: string; body?: unknown } = {},
) {
  const response = await callRoute(
    new Request(`http://localhost/api/v2/${at}`, {
      method,
      headers: { Authorization: `Api-Key ${key}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  )
  // biome-ignore lint/suspicious/noExplicitAny: read as each test needs it
  return { status: response.status, body: (await response.json()) as any }
}

const advance = (sampleId: string, seconds?: number, { key } = tester) =>
  call('POST', `array-data-upload-form/${sampleId}/advance`, {
    key,
    body: seconds === undefined ? undefined : { seconds },
  })
const sessionOf = (sampleId: string) =>
  t.services.db
    .selectFrom('upload_session')
    .selectAll()
    .where('sample_id', '=', sampleId)
    .executeTakeFirstOrThrow()
const secondsOpen = async (sampleId: string) => {
  const { opened_at, deadline } = await sessionOf(sampleId)
  return (deadline!.getTime() - opened_at!.getTime()) / 1_000
}

describe('a project is a test project from its creation on, or never', () => {
  test('the API makes one, shows it, takes back what it showed, and refuses any change in words', async () => {
    const made = await call('POST', 'projects/', { body: { name: 'Sandbox', test: true } })
    expect(made).toMatchObject({ status: 201, body: { test: true, default_for_array_data: false } })
    const ordinary = await call('POST', 'projects/', { body: { name: 'Clinic' } })
    expect(ordinary.body.test).toBe(false)
    for (const { id, test } of [made.body, ordinary.body]) {
      expect((await call('PATCH', `projects/${id}`, { body: { name: 'Other', test } })).status).toBe(200)
      const changed = await call('PATCH', `projects/${id}`, { body: { test: !test } })
      expect(changed.status).toBe(400)
      expect(changed.body.test[0]).toContain('Create another project.')
    }
    expect((await call('POST', 'projects/', { body: { name: 'x', test: 'yes' } })).body).toHaveProperty(
      'test',
    )
  })

  test('the database itself lets none become the other', async () => {
    for (const { project } of [tester, partner]) {
      const change = sql`update project set is_test = not is_test where id = ${project.id}`
      await expect(change.execute(t.services.db)).rejects.toThrow(
        'cannot become or cease to be a test project',
      )
    }
  })

  test('none is ever where links go that name no project, even if it was there first', async () => {
    expect(tester.project.isArrayDefault).toBe(false)
    expect(partner.project.isArrayDefault).toBe(true)
    const change = sql`update project set is_array_default = true where id = ${tester.project.id}`
    await expect(change.execute(t.services.db)).rejects.toThrow()
  })
})

describe('the windows of a test link are short', () => {
  test('two minutes to open it and five to upload, whatever was asked for; elsewhere as always', async () => {
    const mine = await t.anOpenLink({ expires_in: LINK_SECONDS_MAX }, tester)
    expect(mine.exp - mine.iat).toBe(TEST_LINK_SECONDS_MAX)
    expect(await secondsOpen(mine.sampleId)).toBe(TEST_UPLOAD_WINDOW_SECONDS)
    const shorter = await t.aLink({ expires_in: 60 }, tester)
    expect(shorter.exp - shorter.iat).toBe(60)
    const other = await t.anOpenLink({ expires_in: LINK_SECONDS_MAX }, partner)
    expect(other.exp - other.iat).toBe(LINK_SECONDS_MAX)
    expect(await secondsOpen(other.sampleId)).toBe(UPLOAD_WINDOW_SECONDS)
  })

  test('the page is told that it shows a test, and that everything is deleted after a day', async () => {
    const view = async (of: TestPartner) =>
      viewSession(t.services, await t.readSession(await t.aLink({}, of)))
    expect(await view(tester)).toMatchObject({
      test: true,
      partner: { raw_file_days: 1, deliverable_days: 1 },
    })
    expect(await view(partner)).toMatchObject({
      test: false,
      partner: { raw_file_days: 30, deliverable_days: null },
    })
  })
})

describe('time passes for one link of a test project', () => {
  test('until it expires, with the status, the reason and the event of a link that nobody opened in time', async () => {
    await createSubscription(t.services, { ...tester.caller, role: 'manager' }, tester.project.id, {
      target: 'https://partner.example/hook',
      event_types: ['array_data_upload_expired'],
    })
    const [unopened, bystander] = [await t.aLink({}, tester), await t.aLink({}, tester)]
    expect(await advance(unopened.sampleId)).toMatchObject({
      status: 200,
      body: { state: 'expired', reason: 'link_expired' },
    })
    expect((await t.statusesOf(unopened.sampleId)).at(-1)).toBe('consumer session expired')
    const opened = await t.anOpenLink({}, tester)
    expect((await advance(opened.sampleId)).body).toMatchObject({
      state: 'expired',
      reason: 'session_expired',
    })
    const { rows } = await sql<{ sample_id: string; event: unknown }>`
      select sample_id, payload ->> 'reason' as event from webhook_event
       where type = 'array_data_upload_expired'
         and sample_id in (${unopened.sampleId}, ${opened.sampleId}) order by created`.execute(t.services.db)
    expect(rows).toEqual([
      { sample_id: unopened.sampleId, event: 'link_expired' },
      { sample_id: opened.sampleId, event: 'session_expired' },
    ])
    const left = (await t.readSession(bystander)).linkExpiresAt.getTime() - bystander.exp * 1_000
    expect(left).toBe(0)
  })

  test('or a part of it, so that the page shows its warnings', async () => {
    const { sampleId } = await t.anOpenLink({}, tester)
    const { body } = await advance(sampleId, 60)
    expect(body).toMatchObject({ state: 'opened', reason: null })
    expect(await secondsOpen(sampleId)).toBe(TEST_UPLOAD_WINDOW_SECONDS - 60)
    expect((await advance(sampleId, 0)).body).toHaveProperty('seconds')
    expect((await advance(sampleId)).body).toMatchObject({ state: 'expired' })
    expect(await advance(sampleId)).toMatchObject({ status: 409 })
  })

  test('never where the project is none, and never for who does not see it', async () => {
    const { sampleId } = await t.anOpenLink({}, partner)
    const before = await sessionOf(sampleId)
    for (const key of [partner.key, owner]) {
      const refused = await call('POST', `array-data-upload-form/${sampleId}/advance`, { key })
      expect(refused).toMatchObject({ status: 409 })
      expect(refused.body.detail).toContain('test project')
    }
    expect((await advance(sampleId)).status).toBe(404)
    const viewer = await t.aKey({ role: 'viewer', projectId: tester.project.id })
    const mine = await t.aLink({}, tester)
    expect((await call('POST', `array-data-upload-form/${mine.sampleId}/advance`, viewer)).status).toBe(403)
    expect(await sessionOf(sampleId)).toEqual(before)
  })

  test('but a file whose last byte was in time is still checked', async () => {
    const link = await t.anOpenLink({}, tester)
    const uploadId = await t.anUpload(link)
    await receiveUpload(t.services, uploadId)
    expect((await advance(link.sampleId)).body).toMatchObject({ state: 'opened' })
    await verifyUpload(t.services, { uploadId })
    expect((await t.statusesOf(link.sampleId)).at(-1)).toBe('scheduled')
  })
})

test('a day after its creation every sample of a test project is deleted, and nothing of another project', async () => {
  const store = await startStore()
  const services = { ...t.services, env: { ...t.services.env, allowPrivateTargets: true } }
  const give = ({ caller }: TestPartner, name: string) =>
    addUpload(services, caller, {
      destination_path: `gncv://day/${name}`,
      source_url: `${store.origin}/b/${name}`,
    })
  const [mine, theirs] = [await t.anOpenLink({}, tester), await t.anOpenLink({}, partner)]
  const [myReads, theirReads] = [await give(tester, 's1_R1.fastq.gz'), await give(partner, 's2_R1.fastq.gz')]
  const deleted = await give(tester, 's3_R1.fastq.gz')
  await deleteUploads(services, tester.caller, { upload_ids: [deleted.upload.id] })
  await t.advance(86_400 - 3_600)
  const young = await t.aLink({}, tester)
  await sweep(t.services)
  expect(await t.statusesOf(mine.sampleId)).not.toEqual([])
  await t.advance(3_601)
  await sweep(t.services)

  const left = await t.services.db.selectFrom('sample').select('id').execute()
  const ids = left.map(({ id }) => id)
  expect(ids).toContain(young.sampleId)
  expect(ids).toContain(theirs.sampleId)
  expect(ids).not.toContain(mine.sampleId)
  const tombstone = t.services.db.selectFrom('sample_tombstone').select(['project_id', 'deleted_by_kind'])
  expect(await tombstone.where('sample_id', '=', mine.sampleId).execute()).toEqual([
    { project_id: tester.project.id, deleted_by_kind: 'retention' },
  ])
  const erased = (await t.queued('erase-samples')).flatMap(({ sampleIds }) => sampleIds)
  expect(erased).toContain(mine.sampleId)
  const urls = await t.services.db.selectFrom('fastq_upload').select(['id', 'sealed_url']).execute()
  const sealed = new Map(urls.map(({ id, sealed_url }) => [id, sealed_url]))
  expect(sealed.get(theirReads.upload.id)).not.toBeNull()
  for (const { upload } of [myReads, deleted]) expect(sealed.has(upload.id)).toBe(false)
  await store.stop()
})

test('what cannot be deleted of one test project keeps that of no other', async () => {
  const { db } = t.services
  const trials = await Promise.all(
    [1, 2, 3, 4].map((n) => createProject(t.services, { name: `trial ${n}`, test: true })),
  )
  const ids = trials.map(({ id }) => id)
  const old = sql`app_now() - interval '2 days'`
  const leftIn = async (table: 'sample' | 'fastq_upload') => {
    const rows = await db.selectFrom(table).select('project_id').where('project_id', 'in', ids).execute()
    return rows.map((row) => row.project_id)
  }
  await sql`insert into sample (project_id, client_id, status, status_id, status_at, metadata, created, modified)
    select id::uuid, 'old', 'failed', gen_random_uuid(), ${old}, '{}', ${old}, ${old} from unnest(${ids}::text[]) id`.execute(
    db,
  )
  await sql`insert into fastq_upload (project_id, destination_path, pair_path, client_id, r_notation, sealed_url,
                                      source_host, created)
    select id::uuid, 'gncv://old', 'gncv://old', 'c', 'R1', 'sealed', 'host', ${old} from unnest(${ids}::text[]) id`.execute(
    db,
  )
  const stuck = ids[2]!
  await sql`create function refuse() returns trigger language plpgsql as $$ begin raise 'stuck'; end $$`.execute(
    db,
  )
  for (const table of ['sample', 'fastq_upload'] as const) {
    await sql`create trigger stuck before delete on ${sql.table(table)} for each row
      when (old.project_id = ${sql.lit(stuck)}) execute function refuse()`.execute(db)
  }
  await expect(deleteTestSamples(t.services)).rejects.toThrow('stuck')
  await expect(deleteTestUploads(t.services)).rejects.toThrow('stuck')
  expect([await leftIn('sample'), await leftIn('fastq_upload')]).toEqual([[stuck], [stuck]])
  await sql`drop function refuse cascade`.execute(db)
})

test('a deletion frees the destination of a FASTQ file in a test project, and in no other', async () => {
  const store = await startStore()
  const services = { ...t.services, env: { ...t.services.env, allowPrivateTargets: true } }
  const give = ({ caller }: TestPartner, name: string) =>
    addUpload(services, caller, {
      destination_path: 'gncv://freed/s1_R1.fastq.gz',
      source_url: `${store.origin}/b/${name}`,
    })
  for (const of of [tester, partner]) {
    const { upload } = await give(of, 'first_R1.fastq.gz')
    await expect(give(of, 'second_R1.fastq.gz')).rejects.toMatchObject({ code: 'invalid' })
    await deleteUploads(services, of.caller, { upload_ids: [upload.id] })
  }
  const { upload } = await give(tester, 'second_R1.fastq.gz')
  expect(upload.destinationPath).toBe('gncv://freed/s1_R1.fastq.gz')
  await expect(give(partner, 'second_R1.fastq.gz')).rejects.toMatchObject({ code: 'invalid' })
  await store.stop()
})

test('insights count the samples of a test project only where it is asked for, or is all that a caller sees', async () => {
  const minted = async (caller: TestPartner['caller'], project?: string) =>
    (await showInsights(t.services, caller, { project })).funnel.minted
  const everywhere = (await t.aKey({ role: 'owner' })).caller
  const real = await minted(everywhere)
  const own = await minted(tester.caller)
  await t.aLink({}, tester)
  await t.aLink({}, partner)
  expect(await minted(everywhere)).toBe(real + 1)
  expect(await minted(everywhere, tester.project.id)).toBe(own + 1)
  expect(await minted(tester.caller)).toBe(own + 1)
})

test('what happens in a test project rings no alarm', async () => {
  const recorded: Record<string, string>[] = []
  const telemetry: Services['telemetry'] = {
    ...t.services.telemetry,
    record: (metric, _, labels) => {
      if (metric === 'arraydrop.file.check.duration') recorded.push(labels)
    },
  }
  const checkArchive: Services['checkArchive'] = async () => ({
    ok: false,
    faults: [{ reason: 'not_a_zip' }],
  })
  const services = { ...t.services, telemetry, checkArchive }
  for (const of of [tester, partner]) {
    const uploadId = await t.anUpload(await t.anOpenLink({}, of))
    await receiveUpload(services, uploadId)
    await verifyUpload(services, { uploadId })
  }
  expect(recorded.map(({ verdict, test }) => [verdict, test])).toEqual([
    ['rejected', 'true'],
    ['rejected', 'false'],
  ])

  await sql`update notification set state = 'delivered' where state = 'pending'`.execute(t.services.db)
  await createSubscription(t.services, { ...tester.caller, role: 'manager' }, tester.project.id, {
    target: 'https://partner.example/down',
    event_types: ['sample_status_changed'],
  })
  await t.anOpenLink({}, tester)
  await t.advance(7_200)
  expect(await measureBacklog(t.services)).toMatchObject({ waiting: expect.any(Number), oldestSeconds: 0 })
})
