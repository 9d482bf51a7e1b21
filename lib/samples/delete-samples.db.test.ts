import { randomBytes } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { runAnalysis } from '#lib/analysis/run-analysis.ts'
import { chainAudit } from '#lib/audit/chain-audit.ts'
import type { ArchiveCheck } from '#lib/genotype/archive-check.ts'
import { answerAcrossTransactions } from '#lib/idempotency/answer-once.ts'
import type { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { leaveSession } from '#lib/sessions/leave-session.ts'
import { receiveUpload } from '#lib/sessions/upload/receive-upload.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import { sweep } from '#lib/sweep.ts'
import { publishTwo } from '#lib/testing/export-stand-ins.ts'
import {
  acceptingCheck,
  overriding,
  type TestLink,
  type TestPartner,
  type TestServices,
  testServices,
} from '#lib/testing/test-services.ts'
import { createSubscription } from '#lib/webhooks/change-subscription.ts'
import { deleteSamples } from './delete-samples.ts'
import { eraseLateFiles, eraseSamples } from './erase-samples.ts'
import { setMetadata } from './set-metadata.ts'

let t: TestServices
let partner: TestPartner

beforeAll(async () => {
  t = await testServices({ analyzers: { array: [publishTwo], fastq: [] } })
  partner = await t.aPartner()
  await createSubscription(t.services, partner.caller, partner.project.id, {
    target: 'http://127.0.0.1:9/hook',
    event_types: ['sample_status_changed', 'array_data_upload_left'],
  })
})
afterAll(() => t.stop())

const remove = (ids: unknown, of = partner, services: Services = t.services) =>
  deleteSamples(services, of.caller, { projectId: partner.project.id, fields: { sample_ids: ids } })

const refusalOf = (deleting: Promise<unknown>): Promise<Problem> =>
  deleting.then(
    () => Promise.reject(new Error('Nothing was refused')),
    (problem: Problem) => problem,
  )

/** A text that is nowhere else, in a file and in metadata. */
const aMarker = () => `marker-${randomBytes(12).toString('hex')}`

async function aCheckedUpload(link: TestLink, bytes: Uint8Array): Promise<string> {
  const uploadId = await t.anUpload(link, { bytes })
  await receiveUpload(t.services, uploadId)
  await verifyUpload(t.services, { uploadId })
  return uploadId
}

/** A sample with its file, its metadata, its deliverables, its answers and its events. */
async function aFinishedSample(marker: string): Promise<string> {
  const link = await t.anOpenLink({ metadata: { name: marker } }, partner)
  await aCheckedUpload(link, Buffer.from(marker.repeat(50)))
  await runAnalysis(t.services, { runId: await t.runOf(link.sampleId) })
  const { sampleId } = link
  await answerAcrossTransactions(
    t.services,
    partner.caller,
    { key: aMarker(), request: 'r', sampleId },
    async () => ({
      body: JSON.stringify(await setMetadata(t.services, partner.caller, sampleId, { metadata: [marker] })),
    }),
  )
  return sampleId
}

/** Files of DATA_DIR whose path or bytes hold one of these texts. */
async function filesWith(texts: string[]): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(t.directory, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name)
    const bytes = entry.isFile() ? await readFile(file) : Buffer.alloc(0)
    if (texts.some((text) => file.includes(text) || bytes.includes(text))) found.push(file)
  }
  return found
}

/** `table.column` of everything in the database that holds this text, whatever its type. */
async function columnsWith(text: string): Promise<string[]> {
  const { rows } = await sql<{ schema: string; table: string; column: string }>`
    select table_schema as schema, table_name as table, column_name as column
      from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(
    t.services.db,
  )
  expect(rows.length).toBeGreaterThan(100)
  const found: string[] = []
  for (const { schema, table, column } of rows) {
    const hit = await sql`select from ${sql.id(schema, table)}
      where strpos(${sql.ref(column)}::text, ${text}) > 0 limit 1`.execute(t.services.db)
    if (hit.rows.length > 0) found.push(`${table}.${column}`)
  }
  return found.sort()
}

const tombstoneOf = (sampleId: string) =>
  t.services.db
    .selectFrom('sample_tombstone')
    .selectAll()
    .where('sample_id', '=', sampleId)
    .executeTakeFirstOrThrow()

describe('a deleted sample', () => {
  test('leaves no byte on the disk and no word in any table, but a tombstone and ids', async () => {
    const marker = aMarker()
    const sampleId = await aFinishedSample(marker)
    expect((await filesWith([marker])).length).toBeGreaterThan(1)
    expect(await columnsWith(marker)).toEqual(['idempotency.response', 'sample.metadata'])

    await remove([sampleId])
    expect(await columnsWith(marker)).toEqual([])
    await eraseSamples(t.services, { sampleIds: [sampleId] })

    expect(await filesWith([marker, sampleId])).toEqual([])
    await sweep(t.services)
    const partition = /^(job|job_common|j[0-9a-f]{40,}|audit_entry_\d{4}_\d\d)\./
    expect((await columnsWith(sampleId)).filter((column) => !partition.test(column))).toEqual([
      'audit_entry.targets',
      'sample_tombstone.sample_id',
    ])
    const stone = await tombstoneOf(sampleId)
    expect(stone).toMatchObject({
      project_id: partner.project.id,
      deleted_by_kind: 'api_key',
      deleted_by_id: partner.caller.apiKeyId,
      // The accepted original, which is a deliverable as well, and what was made of it.
      files: 2,
      bytes: 2 * 50 * marker.length,
    })
    expect(stone.erased_at).toBeInstanceOf(Date)
  })

  test('has its bytes erased by a job that was queued with the deletion, as often as it runs', async () => {
    const sampleId = await aFinishedSample(aMarker())
    await remove([sampleId])
    expect(await t.queued('erase-samples')).toContainEqual({ sampleIds: [sampleId] })
    expect(await filesWith([sampleId])).not.toEqual([])
    await eraseSamples(t.services, { sampleIds: [sampleId] })
    const { erased_at: erased } = await tombstoneOf(sampleId)
    await eraseSamples(t.services, { sampleIds: [sampleId] })
    expect(await tombstoneOf(sampleId)).toMatchObject({ erased_at: erased })
  })

  test('is erased by the sweeper when the job died in the middle', async () => {
    const sampleId = await aFinishedSample(aMarker())
    await remove([sampleId])
    const storage = overriding(t.services.storage, { remove: () => Promise.reject(new Error('killed')) })
    const dying = eraseSamples({ ...t.services, storage }, { sampleIds: [sampleId] })
    await expect(dying).rejects.toThrow('killed')
    expect((await tombstoneOf(sampleId)).erased_at).toBeNull()
    await t.advance(61)
    await sweep(t.services)
    expect(await filesWith([sampleId])).toEqual([])
    expect((await tombstoneOf(sampleId)).erased_at).toBeInstanceOf(Date)
  })

  test('is erased although another one cannot be, which is due again behind the others', async () => {
    const [stuck, sampleId] = [await aFinishedSample(aMarker()), await aFinishedSample(aMarker())]
    await remove([stuck, sampleId])
    const storage = overriding(t.services.storage, {
      remove: (key) =>
        key.includes(stuck) ? Promise.reject(new Error('access denied')) : t.services.storage.remove(key),
    })
    await t.advance(61)
    await expect(eraseLateFiles({ ...t.services, storage })).rejects.toThrow('access denied')
    expect(await filesWith([sampleId])).toEqual([])
    const { next_check_at: next, erased_at: erased } = await tombstoneOf(stuck)
    expect(erased).toBeNull()
    const { rows } =
      await sql`select from clock where ${next} between app_now() - interval '50 s' and app_now()`.execute(
        t.services.db,
      )
    expect(rows).toHaveLength(1)
  })

  test('is looked for again for a minute at most, where the store does not answer', async () => {
    const both = [await aFinishedSample(aMarker()), await aFinishedSample(aMarker())]
    await remove(both)
    await t.advance(61)
    const now = vi.spyOn(performance, 'now')
    const answer = vi.fn(async () => {
      now.mockReturnValue(Number.MAX_SAFE_INTEGER)
      throw new Error('no answer')
    })
    const storage = overriding(t.services.storage, { remove: answer })
    await expect(eraseLateFiles({ ...t.services, storage })).rejects.toThrow('no answer')
    now.mockRestore()
    expect(answer).toHaveBeenCalledTimes(1)
    await eraseLateFiles(t.services)
    expect(await filesWith(both)).toEqual([])
  })

  test('is erased, at least one a sweep, however long it takes to list what is left of uploads', async () => {
    // None of the other tests' is due.
    await t.services.db.updateTable('sample_tombstone').set({ next_check_at: null }).execute()
    const both = [await aFinishedSample(aMarker()), await aFinishedSample(aMarker())]
    await remove(both)
    await t.advance(61)
    const now = vi.spyOn(performance, 'now')
    const later = () => now.mockReturnValue(performance.now() + 120_000)
    const parts = overriding(t.services.parts, {
      async *list() {
        later()
        yield* t.services.parts.list()
      },
    })
    const storage = overriding(t.services.storage, {
      remove: (key) => {
        later()
        return t.services.storage.remove(key)
      },
    })
    const info = vi.fn()
    const log = overriding(t.services.log, { info })
    const erased = async () => {
      const stones = await Promise.all(both.map(tombstoneOf))
      return stones.filter(({ erased_at: at }) => at !== null).length
    }
    const services = { ...t.services, parts, storage, log }
    await eraseLateFiles(services)
    expect(await erased()).toBe(1)
    expect(info).toHaveBeenCalledWith({ left: 1 }, expect.any(String))
    await eraseLateFiles(services)
    now.mockRestore()
    expect(await erased()).toBe(2)
    expect(info).toHaveBeenCalledTimes(1)
  })

  test('leaves nothing in the folder of a run that a killed worker left behind', async () => {
    const marker = aMarker()
    const { sampleId } = await t.aLink({}, partner)
    const hung = t.services.scratch.withFolder(async (folder) => {
      await writeFile(path.join(folder, 'genotypes.tsv'), marker)
      return new Promise<never>(() => {})
    }, sampleId)
    void hung
    await expect.poll(() => filesWith([marker])).toHaveLength(1)
    await remove([sampleId])
    await eraseSamples(t.services, { sampleIds: [sampleId] })
    expect(await filesWith([marker, sampleId])).toEqual([])
  })

  test('loses its unfinished upload and its link with it', async () => {
    const marker = aMarker()
    const link = await t.anOpenLink({}, partner)
    await t.anUpload(link, { bytes: Buffer.from(marker.repeat(9)), sent: 100 })
    expect(await filesWith([marker])).not.toEqual([])
    await remove([link.sampleId])
    await eraseSamples(t.services, { sampleIds: [link.sampleId] })
    expect(await filesWith([marker, link.sampleId])).toEqual([])
    expect((await refusalOf(t.readSession(link))).reason).toBe('link_invalid')
  })

  test('takes with it what its partner was still to be told', async () => {
    const link = await t.anOpenLink({}, partner)
    await leaveSession(t.services, await t.readSession(link), 'user_canceled')
    const waiting = () =>
      t.services.db.selectFrom('notification').select('id').where('sample_id', '=', link.sampleId).execute()
    expect(await waiting()).not.toEqual([])
    await remove([link.sampleId])
    expect(await waiting()).toEqual([])
  })
})

describe('work on a sample while it is deleted', () => {
  test('a check: what it stored late is found and erased', async () => {
    const marker = aMarker()
    const link = await t.anOpenLink({}, partner)
    const uploadId = await t.anUpload(link, { bytes: Buffer.from(marker.repeat(9)) })
    await receiveUpload(t.services, uploadId)
    // The check holds the part, so the erasure would wait for it here, and come too late to be a test.
    const partsInHand = overriding(t.services.parts, { list: async function* () {} })
    const storage = overriding(t.services.storage, {
      // The bytes are being copied to their place: the deletion and its erasure come first.
      async put(key, chunks) {
        await remove([link.sampleId])
        await eraseSamples({ ...t.services, parts: partsInHand }, { sampleIds: [link.sampleId] })
        return t.services.storage.put(key, chunks)
      },
    })
    await verifyUpload({ ...t.services, storage }, { uploadId }).catch(() => {})
    expect(await filesWith([marker])).not.toEqual([])
    await t.advance(61)
    await sweep(t.services)
    expect(await filesWith([marker, link.sampleId])).toEqual([])
    expect((await tombstoneOf(link.sampleId)).quiet_checks).toBe(0)
  })

  test('a verdict: it changes nothing any more', async () => {
    const link = await t.anOpenLink({}, partner)
    const uploadId = await t.anUpload(link)
    await receiveUpload(t.services, uploadId)
    const checkArchive: ArchiveCheck = async (file, rules) => {
      await remove([link.sampleId])
      return acceptingCheck()(file, rules)
    }
    const verifying = verifyUpload({ ...t.services, checkArchive }, { uploadId })
    await verifying.catch(() => {})
    const rows = await t.services.db.selectFrom('sample').where('id', '=', link.sampleId).execute()
    expect(rows).toEqual([])
    expect(await t.services.db.selectFrom('run').where('sample_id', '=', link.sampleId).execute()).toEqual([])
  })

  test('a run: it stops, publishes nothing, and what it stored is erased', async () => {
    const link = await t.anOpenLink({}, partner)
    await aCheckedUpload(link, randomBytes(500))
    const runId = await t.runOf(link.sampleId)
    const storage = overriding(t.services.storage, {
      async put(key, chunks) {
        // Read before all of it is erased, and stored behind that: as late as can be.
        const read: Uint8Array[] = []
        for await (const piece of chunks) read.push(Uint8Array.from(piece))
        await remove([link.sampleId])
        await eraseSamples(t.services, { sampleIds: [link.sampleId] })
        return t.services.storage.put(key, Readable.from(read))
      },
    })
    await runAnalysis({ ...t.services, storage }, { runId }).catch(() => {})
    expect(await filesWith([link.sampleId])).not.toEqual([])
    await t.advance(61)
    await sweep(t.services)
    expect(await filesWith([link.sampleId])).toEqual([])
    expect(await columnsWith(runId)).not.toContain('deliverable_file.run_id')
  })

  test('all of them at once: every deletion is done, and nothing is left', async () => {
    const samples = await Promise.all(
      Array.from({ length: 24 }, async (_, n) => {
        const link = await t.anOpenLink({}, partner)
        const uploadId = await t.anUpload(link)
        await receiveUpload(t.services, uploadId)
        if (n % 2 === 0) await verifyUpload(t.services, { uploadId })
        return {
          sampleId: link.sampleId,
          session: await t.readSession(link),
          uploadId,
          runId: n % 2 === 0 ? await t.runOf(link.sampleId) : undefined,
        }
      }),
    )
    const refusing: ArchiveCheck = async () => ({ ok: false, faults: [{ reason: 'no_genotypes' }] })
    const outcomes = await Promise.allSettled(
      samples.map(async ({ sampleId, session, uploadId, runId }, n) => {
        const checkArchive = n % 3 === 0 ? refusing : acceptingCheck()
        const work = runId
          ? runAnalysis(t.services, { runId })
          : verifyUpload({ ...t.services, checkArchive }, { uploadId })
        const leaving = leaveSession(t.services, session, 'user_canceled')
        // What they answer is theirs: the sample may be gone already.
        const [deleted] = await Promise.allSettled([remove([sampleId]), work, leaving])
        if (deleted.status === 'rejected') throw deleted.reason
      }),
    )
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
    await eraseSamples(t.services, { sampleIds: samples.map(({ sampleId }) => sampleId) })
    for (const { sampleId } of samples) expect(await filesWith([sampleId])).toEqual([])
  })

  test('the sweeper looks for a day, and then no more', async () => {
    const { sampleId } = await t.aLink({}, partner)
    await remove([sampleId])
    await eraseSamples(t.services, { sampleIds: [sampleId] })
    let looks = 0
    let seconds = 0
    for (; looks < 100; looks++) {
      const { next_check_at: next } = await tombstoneOf(sampleId)
      if (next === null) break
      const now = (await t.services.clock.now()).getTime()
      const wait = Math.max(0, Math.ceil((next.getTime() - now) / 1_000)) + 1
      seconds += wait
      await t.advance(wait)
      await sweep(t.services)
    }
    expect(looks).toBeLessThan(20)
    expect(seconds).toBeGreaterThan(86_400)
  })
})

describe('a request to delete', () => {
  test('is done whole or not at all, and says no more than that an id is none of the project', async () => {
    const { sampleId } = await t.aLink({}, partner)
    const elsewhere = await t.aLink()
    for (const strange of [elsewhere.sampleId, crypto.randomUUID()]) {
      const { status, fields } = await refusalOf(remove([sampleId, strange]))
      expect({ status, fields }).toEqual({
        status: 400,
        fields: { sample_ids: ['All sample ids must be part of the current project.'] },
      })
    }
    expect(await t.statusesOf(sampleId)).toHaveLength(1)
    expect(await t.statusesOf(elsewhere.sampleId)).toHaveLength(1)
  })

  test('names samples', async () => {
    expect((await refusalOf(remove([]))).fields).toEqual({ sample_ids: ['This list may not be empty.'] })
    expect((await refusalOf(remove(undefined))).fields).toEqual({ sample_ids: ['This field is required.'] })
  })

  test('finds no project that is not the caller’s', async () => {
    const { sampleId } = await t.aLink({}, partner)
    expect((await refusalOf(remove([sampleId], await t.aPartner()))).code).toBe('not_found')
    expect(await t.statusesOf(sampleId)).toHaveLength(1)
  })

  test('of two at once for the same sample one is done', async () => {
    const { sampleId } = await t.aLink({}, partner)
    const outcomes = await Promise.allSettled([remove([sampleId]), remove([sampleId])])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('is one entry of the audit trail', async () => {
    const [one, two] = [await t.aLink({}, partner), await t.aLink({}, partner)]
    const ids = [one.sampleId, two.sampleId].sort()
    const caller = { ...partner.caller, requestId: 'request-7' }
    await remove(ids, { ...partner, caller })
    await chainAudit(t.services)
    const entries = t.services.db.selectFrom('audit_entry').selectAll().where('request_id', '=', 'request-7')
    expect(await entries.execute()).toMatchObject([
      {
        action: 'sample.delete',
        actor_kind: 'api_key',
        actor_id: partner.caller.apiKeyId,
        project_id: partner.project.id,
        targets: ids,
      },
    ])
  })
})
