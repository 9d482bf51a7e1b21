import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Analyzer } from '#lib/analysis/analyzer.ts'
import { runAnalysis } from '#lib/analysis/run-analysis.ts'
import { chainAudit } from '#lib/audit/chain-audit.ts'
import type { ProjectSettings } from '#lib/projects/project.ts'
import { receiveUpload } from '#lib/sessions/upload/receive-upload.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import { sweep } from '#lib/sweep.ts'
import { listFailingSteps } from '#lib/sweep-state.ts'
import { publishTwo } from '#lib/testing/export-stand-ins.ts'
import { overriding, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { eraseFiles, retainFiles } from './retain-files.ts'

const DAY = 86_400

let t: TestServices
beforeEach(async () => {
  t = await testServices({ analyzers: { array: [publishTwo], fastq: [] } })
})
afterEach(() => t.stop())

async function anAcceptedSample(settings: Partial<ProjectSettings>) {
  const partner = await t.aPartner(settings)
  const link = await t.anOpenLink({}, partner)
  const uploadId = await t.anUpload(link)
  await receiveUpload(t.services, uploadId)
  await verifyUpload(t.services, { uploadId })
  const run = t.services.db.selectFrom('run').select('id').where('sample_id', '=', link.sampleId)
  return { ...link, projectId: partner.project.id, runId: (await run.executeTakeFirstOrThrow()).id }
}

async function aFinishedSample(settings: Partial<ProjectSettings>) {
  const sample = await anAcceptedSample(settings)
  await runAnalysis(t.services, { runId: sample.runId })
  return sample
}

/** What the API lists, and what is stored. */
async function filesOf(sampleId: string): Promise<{ listed: string[]; stored: number }> {
  const rows = await t.services.db
    .selectFrom('deliverable')
    .select('file_type')
    .where('sample_id', '=', sampleId)
    .orderBy('file_type')
    .execute()
  let stored = 0
  for await (const _ of t.services.storage.list(`samples/${sampleId}/`)) stored++
  return { listed: rows.map((row) => row.file_type), stored }
}

const putByte = (key: string) =>
  t.services.storage.put(
    key,
    (async function* () {
      yield new Uint8Array(1)
    })(),
  )

/** The original is stored once. */
const ALL = { listed: ['array-zip', 'qc-json'], stored: 2 }

async function entries() {
  await chainAudit(t.services)
  return t.services.db
    .selectFrom('audit_entry')
    .select(['actor_kind', 'project_id', 'targets'])
    .where('action', '=', 'retention.erase')
    .orderBy('seq')
    .execute()
}

test('fetched reads are originals: they go by their own age, and what was made of them by its own', async () => {
  const publishReads: Analyzer = async (job) => {
    const types = [
      ['fastq-r1', 'fastq.gz'],
      ['fastq-qc-json', 'json'],
    ] as const
    const files = types.map(([fileType, extension]) => ({ fileType, extension, path: job.original }))
    return { qc: {}, checks: [], files }
  }
  t.services.analyzers = { array: [publishReads], fastq: [] }
  const { sampleId } = await aFinishedSample({ rawFileDays: 2, deliverableDays: 5 })
  await t.advance(3 * DAY)
  await sweep(t.services)
  expect((await filesOf(sampleId)).listed).toEqual(['fastq-qc-json'])
  await t.advance(3 * DAY)
  await sweep(t.services)
  expect((await filesOf(sampleId)).listed).toEqual([])
})

describe('files are kept', () => {
  test('for ever, unless the project says otherwise', async () => {
    const { sampleId } = await aFinishedSample({})
    await t.advance(4_000 * DAY)
    await sweep(t.services)
    expect(await filesOf(sampleId)).toEqual(ALL)
    expect(await entries()).toEqual([])
  })

  test('for the days of the project to the second, and the sample stays with its numbers', async () => {
    const { sampleId, projectId } = await aFinishedSample({ rawFileDays: 30 })
    const other = await aFinishedSample({ rawFileDays: 31 })
    await t.advance(30 * DAY - 60)
    await sweep(t.services)
    expect(await filesOf(sampleId)).toEqual(ALL)

    await t.advance(3_660)
    await sweep(t.services)
    expect(await filesOf(sampleId)).toEqual({ listed: ['qc-json'], stored: 1 })
    expect(await filesOf(other.sampleId)).toEqual(ALL)
    expect(await entries()).toEqual([{ actor_kind: 'retention', project_id: projectId, targets: [sampleId] }])
    const sample = t.services.db.selectFrom('sample').select(['status', 'qc']).where('id', '=', sampleId)
    const { status, qc } = await sample.executeTakeFirstOrThrow()
    expect(status).toBe('succeeded')
    expect(qc).toHaveProperty('summary')

    await t.advance(40 * DAY)
    await sweep(t.services)
    expect((await entries()).map(({ targets }) => targets)).toEqual([[sampleId], [other.sampleId]])
  })

  test('each kind by itself: deliverables may go before the original, the log of the command with them', async () => {
    const { sampleId, runId } = await aFinishedSample({ deliverableDays: 1 })
    // One of the release before, too.
    for (const log of ['log', '1/log']) await putByte(`samples/${sampleId}/runs/${runId}/${log}`)
    await t.advance(DAY + 1)
    await sweep(t.services)
    expect(await filesOf(sampleId)).toEqual({ listed: ['array-zip'], stored: 1 })
  })

  test('the log of the command goes with the original, too', async () => {
    const { sampleId, runId } = await aFinishedSample({ rawFileDays: 1 })
    for (const log of ['log', '1/log']) await putByte(`samples/${sampleId}/runs/${runId}/${log}`)
    await t.advance(DAY + 1)
    await sweep(t.services)
    expect(await filesOf(sampleId)).toEqual({ listed: ['qc-json'], stored: 1 })
  })

  test.each(['failed', 'canceled'] as const)(
    'the log of a run that %s goes as well, at the earlier age',
    async (state) => {
      const { sampleId, runId } = await anAcceptedSample({ rawFileDays: 1, deliverableDays: 5 })
      const { db } = t.services
      for (const log of ['log', '1/log', '2/log']) await putByte(`samples/${sampleId}/runs/${runId}/${log}`)
      await db
        .updateTable('run')
        .set({ state, attempts: 1, ended_at: sql<Date>`app_now()` })
        .where('id', '=', runId)
        .execute()
      await db.updateTable('sample').set({ status: state }).where('id', '=', sampleId).execute()
      await t.advance(DAY - 60)
      await sweep(t.services)
      expect(await filesOf(sampleId)).toMatchObject({ stored: 4 })
      await t.advance(3_660)
      // Also where other files have taken all the time that a sweep has.
      const watch = vi.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValue(1e9)
      await retainFiles(t.services)
      watch.mockRestore()
      const run = await db.selectFrom('run').select('log_removed').where('id', '=', runId).executeTakeFirst()
      expect(run).toEqual({ log_removed: true })
      await sweep(t.services)
      expect(await filesOf(sampleId)).toMatchObject({ stored: 0 })
    },
  )

  test('while something is still to be made of them', async () => {
    const { sampleId, runId } = await anAcceptedSample({ rawFileDays: 1, deliverableDays: 1 })
    await t.advance(2 * DAY)
    await retainFiles(t.services)
    await eraseFiles(t.services)
    expect((await filesOf(sampleId)).stored).toBe(1)
    await runAnalysis(t.services, { runId })
    await t.advance(3_601)
    await retainFiles(t.services)
    await eraseFiles(t.services)
    // The original was over age long ago; what was made of it is new.
    expect(await filesOf(sampleId)).toEqual({ listed: ['qc-json'], stored: 1 })
  })
})

describe('retention', () => {
  test('works at most once an hour, in one of several processes', async () => {
    const { sampleId } = await aFinishedSample({ rawFileDays: 1 })
    await retainFiles(t.services)
    await t.advance(DAY)
    await Promise.all([1, 2, 3].map(() => retainFiles(t.services)))
    expect(await entries()).toHaveLength(1)
    const other = await aFinishedSample({ rawFileDays: 1 })
    await t.advance(3_000)
    await t.services.db
      .updateTable('upload')
      .set({ received_at: new Date(0) })
      .where('sample_id', '=', other.sampleId)
      .execute()
    await retainFiles(t.services)
    expect(await entries()).toHaveLength(1)
    await t.advance(601)
    await retainFiles(t.services)
    expect((await entries()).map(({ targets }) => targets)).toEqual([[sampleId], [other.sampleId]])
  })

  test('that fails for one project is tried again by the next sweep, and does not stop the others', async () => {
    const stuck = await aFinishedSample({ rawFileDays: 1, deliverableDays: 1 })
    const other = await aFinishedSample({ rawFileDays: 1 })
    await t.advance(DAY + 1)
    const { db } = t.services
    await sql`create function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'the disk is full'; end $$`.execute(db)
    await sql`create trigger refuse before update on upload for each row
      when (new.sample_id = ${sql.lit(stuck.sampleId)}) execute function refuse()`.execute(db)
    const failing = async () => (await listFailingSteps(db)).map(({ step, times }) => ({ step, times }))
    await expect(sweep(t.services)).rejects.toThrow('the disk is full')
    expect((await filesOf(stuck.sampleId)).listed).toEqual(['array-zip'])
    expect((await filesOf(other.sampleId)).listed).toEqual(['qc-json'])
    await expect(sweep(t.services)).rejects.toThrow('the disk is full')
    expect(await failing()).toEqual([{ step: 'retainFiles', times: 2 }])

    await sql`drop trigger refuse on upload`.execute(db)
    await sweep(t.services)
    expect(await filesOf(stuck.sampleId)).toEqual({ listed: [], stored: 0 })
    expect(await failing()).toEqual([])
  })

  test('works off a backlog in batches, past files of which more is still to be made', async () => {
    const { sampleId, projectId } = await aFinishedSample({ deliverableDays: 1 })
    const underWay = await anAcceptedSample({})
    const { db } = t.services
    const made = (sample: string, files: number) =>
      sql`insert into deliverable (sample_id, file_type, name, storage_key, size, sha256, created)
        select ${sample}, 'made-' || n, 'f', ${sample} || n, 1, repeat('0', 64), app_now() - interval '9 days'
          from generate_series(1, ${sql.lit(files)}) n`.execute(db)
    await sql`update sample set project_id = ${projectId} where id = ${underWay.sampleId}`.execute(db)
    await made(underWay.sampleId, 401)
    await made(sampleId, 250)
    await retainFiles(t.services)
    expect((await filesOf(sampleId)).listed).toEqual(['array-zip', 'qc-json'])
    expect((await filesOf(underWay.sampleId)).listed).toHaveLength(401)
  })

  test('erases what it gave up also when it died before', async () => {
    const { sampleId } = await aFinishedSample({ rawFileDays: 1, deliverableDays: 1 })
    await t.advance(DAY + 1)
    const storage = overriding(t.services.storage, { remove: () => Promise.reject(new Error('killed')) })
    await expect(sweep({ ...t.services, storage })).rejects.toThrow('killed')
    expect(await filesOf(sampleId)).toEqual({ listed: [], stored: 2 })
    await sweep(t.services)
    expect(await filesOf(sampleId)).toEqual({ listed: [], stored: 0 })
    expect(await t.services.db.selectFrom('file_erasure').selectAll().execute()).toEqual([])
  })

  test('erases past what cannot be removed, which alone stays in line, behind all others, and is tried again', async () => {
    const { db } = t.services
    await sql`insert into file_erasure (storage_key) select 'stuck/' || n from generate_series(1, 401) n`.execute(
      db,
    )
    await putByte('queued/last')
    await sql`insert into file_erasure (storage_key, due_at) values ('queued/last', app_now())`.execute(db)
    let tries = 0
    const storage = overriding(t.services.storage, {
      remove: (key) => {
        if (!key.startsWith('stuck/')) return t.services.storage.remove(key)
        tries++
        return Promise.reject(new Error('access denied'))
      },
    })
    const erase = () => eraseFiles({ ...t.services, storage })
    await expect(erase()).rejects.toThrow('access denied')
    for await (const { key } of t.services.storage.list('queued/')) throw new Error(`${key} is still there`)
    await sql`insert into file_erasure (storage_key) values ('before')`.execute(db)
    const line = await db.selectFrom('file_erasure').select('storage_key').orderBy('due_at').execute()
    expect(line).toHaveLength(402)
    expect(line[0]).toEqual({ storage_key: 'before' })
    await expect(erase()).rejects.toThrow('access denied')
    expect(tries).toBe(802)
    await eraseFiles(t.services)
    expect(await db.selectFrom('file_erasure').selectAll().execute()).toEqual([])
  })
})
