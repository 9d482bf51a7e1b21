import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ArchiveCheck } from '#lib/genotype/archive-check.ts'
import type { Services } from '#lib/services.ts'
import { aSummary } from '#lib/testing/export-stand-ins.ts'
import {
  acceptingCheck,
  digestOf,
  overriding,
  type TestLink,
  type TestServices,
  testServices,
} from '#lib/testing/test-services.ts'
import { cancelSession } from '../cancel-session.ts'
import { viewSession } from '../view-session.ts'
import { CheckInterrupted } from './check-interrupted.ts'
import { receiveUpload } from './receive-upload.ts'
import { storageKeyOf } from './upload.ts'
import { verifyUpload } from './verify-upload.ts'

let t: TestServices

beforeAll(async () => {
  t = await testServices()
})
afterAll(() => t.stop())

/** An upload whose last byte is in. */
async function aReceived(
  link: TestLink,
  file: Parameters<TestServices['anUpload']>[1] = {},
): Promise<string> {
  const id = await t.anUpload(link, file)
  await receiveUpload(t.services, id)
  return id
}

const verify = (uploadId: string, overrides: Partial<Services> = {}) =>
  verifyUpload({ ...t.services, ...overrides }, { uploadId })

const uploadRow = (id: string) =>
  t.services.db.selectFrom('upload').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

const keyOf = (link: TestLink, id: string) => storageKeyOf({ sampleId: link.sampleId, id })

/** Digest of what is stored for an upload; undefined when nothing is. */
async function storedDigest(link: TestLink, id: string): Promise<string | undefined> {
  const found = await t.services.storage.read(keyOf(link, id)).catch(() => undefined)
  return found && digestOf(new Uint8Array(await new Response(found.body).arrayBuffer()))
}

async function runsOf(link: TestLink) {
  const runs = await t.services.db
    .selectFrom('run')
    .selectAll()
    .where('sample_id', '=', link.sampleId)
    .execute()
  const jobs = await t.queued('run-analysis')
  return runs.map((run) => ({ ...run, jobs: jobs.filter((job) => job.runId === run.id).length }))
}

const refusing: ArchiveCheck = async () => ({
  ok: false,
  faults: [{ reason: 'file_modified', detail: 'bad_rows', line: 7 }, { reason: 'file_incomplete' }],
})

/** A check that waits until it is let go, so that two can be under way at once. */
function heldCheck(check: ArchiveCheck = acceptingCheck()) {
  const { promise: started, resolve: start } = Promise.withResolvers<void>()
  const { promise: letGo, resolve: release } = Promise.withResolvers<void>()
  const checkArchive: ArchiveCheck = async (...args) => {
    start()
    await letGo
    return check(...args)
  }
  return { checkArchive, started, release }
}

describe('a good file', () => {
  test('is stored, its session received, its sample scheduled and its run queued', async () => {
    const link = await t.anOpenLink()
    const bytes = crypto.getRandomValues(new Uint8Array(30_000))
    const id = await aReceived(link, { bytes })
    await verify(id)
    expect(await uploadRow(id)).toMatchObject({
      state: 'accepted',
      storage_key: keyOf(link, id),
      vendor: '23andme',
      container: 'original',
    })
    expect(await storedDigest(link, id)).toBe(digestOf(bytes))
    expect(await t.services.parts.offset(id)).toBeUndefined()
    expect(await t.statusesOf(link.sampleId)).toEqual(['consumer awaiting data', 'scheduled'])
    expect((await t.eventsOf(link.sampleId)).at(-1)).toEqual({ kind: 'received', reason: null })
    const runs = await runsOf(link)
    expect(runs).toMatchObject([
      {
        state: 'queued',
        jobs: 1,
        input: { kind: 'array', storageKey: keyOf(link, id), vendor: '23andme', summary: { rows: 600_000 } },
      },
    ])
    const sample = t.services.db.selectFrom('sample').select('run_id').where('id', '=', link.sampleId)
    expect((await sample.executeTakeFirstOrThrow()).run_id).toBe(runs[0]!.id)
    const { received_at } = await uploadRow(id)
    expect(await viewSession(t.services, await t.readSession(link))).toMatchObject({
      state: 'received',
      vendor: '23andme',
      receipt: { received_at: received_at!.toISOString(), size: bytes.length, sha256: digestOf(bytes) },
      upload: null,
    })
  })

  test("is judged by its project's own rules, on a copy of the very bytes", async () => {
    const link = await t.anOpenLink({}, await t.aPartner({ policy: 'forgiving', rowsMin: 1_234 }))
    const id = await aReceived(link)
    const asked: unknown[] = []
    await verify(id, {
      checkArchive: async (path, options) => {
        asked.push(options)
        expect(path).toContain(keyOf(link, id))
        return acceptingCheck()(path, options)
      },
    })
    expect(asked).toEqual([{ policy: 'forgiving', rowsMin: 1_234 }])
  })

  test('whose last byte was in time is accepted after the deadline', async () => {
    const link = await t.anOpenLink()
    const id = await aReceived(link)
    await t.advance(5_000)
    await verify(id)
    expect((await uploadRow(id)).state).toBe('accepted')
    expect(await t.statusesOf(link.sampleId)).toEqual(['consumer awaiting data', 'scheduled'])
  })
})

describe('of two files of one sample', () => {
  test('exactly one is accepted, however their checks fall together', async () => {
    for (let round = 0; round < 3; round++) {
      const link = await t.anOpenLink()
      const ids = [await aReceived(link), await aReceived(link), await aReceived(link)]
      const [first, second] = [heldCheck(), heldCheck()]
      const checks = [
        verify(ids[0]!, { checkArchive: first.checkArchive }),
        verify(ids[1]!, { checkArchive: second.checkArchive }),
        verify(ids[2]!),
      ]
      await Promise.all([first.started, second.started])
      first.release()
      second.release()
      await Promise.all(checks)
      const rows = await Promise.all(ids.map(uploadRow))
      expect(rows.map((row) => row.state).sort()).toEqual(['accepted', 'discarded', 'discarded'])
      for (const row of rows) {
        expect(await storedDigest(link, row.id)).toBe(row.state === 'accepted' ? row.sha256 : undefined)
        expect(await t.services.parts.offset(row.id)).toBeUndefined()
      }
      expect(await t.statusesOf(link.sampleId)).toEqual(['consumer awaiting data', 'scheduled'])
      expect(await runsOf(link)).toMatchObject([{ jobs: 1 }])
    }
  })

  test('the one that is refused does not touch the one that is accepted', async () => {
    const link = await t.anOpenLink()
    const [good, bad] = [await aReceived(link), await aReceived(link)]
    await verify(good)
    await verify(bad, { checkArchive: refusing })
    expect((await uploadRow(bad)).state).toBe('rejected')
    expect(await storedDigest(link, good)).toBe((await uploadRow(good)).sha256)
    expect((await t.readSession(link)).state).toBe('received')
  })
})

describe('the same job run twice', () => {
  test('one after the other changes nothing', async () => {
    const link = await t.anOpenLink()
    const id = await aReceived(link)
    for (let n = 0; n < 3; n++) await verify(id)
    expect(await storedDigest(link, id)).toBe((await uploadRow(id)).sha256)
    expect(await t.statusesOf(link.sampleId)).toEqual(['consumer awaiting data', 'scheduled'])
    expect(await runsOf(link)).toMatchObject([{ jobs: 1 }])
  })

  test('at once accepts the file once, and never removes it', async () => {
    const link = await t.anOpenLink()
    const id = await aReceived(link)
    const slow = heldCheck()
    const first = verify(id, { checkArchive: slow.checkArchive })
    await slow.started
    // Its time ran out, so the queue gave the job to another worker; then the first one wakes up again.
    await verify(id)
    slow.release()
    await first
    expect((await uploadRow(id)).state).toBe('accepted')
    expect(await storedDigest(link, id)).toBe((await uploadRow(id)).sha256)
    expect(await runsOf(link)).toMatchObject([{ jobs: 1 }])
  })

  test('at once, with the part already gone for the second, never removes the accepted file', async () => {
    const link = await t.anOpenLink()
    const id = await aReceived(link)
    let other: Promise<void> | undefined
    const parts = overriding(t.services.parts, {
      // The other worker ends exactly between this one's first look at the row and its copy.
      withPartLock: async (part, use) => {
        other ??= verify(id)
        await other
        return t.services.parts.withPartLock(part, use)
      },
    })
    await verify(id, { parts })
    expect((await uploadRow(id)).state).toBe('accepted')
    expect(await storedDigest(link, id)).toBe((await uploadRow(id)).sha256)
  })

  test('with two minds leaves one verdict, and a stored file only with an acceptance', async () => {
    const link = await t.anOpenLink()
    const id = await aReceived(link)
    const slow = heldCheck()
    const first = verify(id, { checkArchive: slow.checkArchive })
    await slow.started
    await verify(id, { checkArchive: refusing })
    slow.release()
    await expect(first).rejects.toThrow('judged otherwise')
    await verify(id)
    expect((await uploadRow(id)).state).toBe('rejected')
    expect(await storedDigest(link, id)).toBeUndefined()
    expect((await t.readSession(link)).state).toBe('opened')
    expect(await runsOf(link)).toEqual([])
  })

  test('too early, while bytes are still coming in, leaves the part alone', async () => {
    const id = await t.anUpload(await t.anOpenLink(), { sent: 500 })
    await verify(id)
    expect((await uploadRow(id)).state).toBe('receiving')
    expect(await t.services.parts.offset(id)).toBe(500)
  })
})

describe('bytes that are not those announced', () => {
  test('with another digest are discarded without a verdict, and the person may send again', async () => {
    const link = await t.anOpenLink()
    const id = await aReceived(link, { sha256: 'ab'.repeat(32) })
    const neverAsked: ArchiveCheck = () => Promise.reject(new Error('it was checked'))
    await verify(id, { checkArchive: neverAsked })
    expect((await uploadRow(id)).state).toBe('discarded')
    expect(await storedDigest(link, id)).toBeUndefined()
    expect(await t.services.parts.offset(id)).toBeUndefined()
    const view = await viewSession(t.services, await t.readSession(link))
    expect(view).toMatchObject({ state: 'opened', upload: null, last_rejection: null })
    await verify(await aReceived(link))
    expect((await t.readSession(link)).state).toBe('received')
  })

  test('because a power cut took some, or all of them, are discarded', async () => {
    for (const sent of [0, 1_999]) {
      const link = await t.anOpenLink()
      const id = await t.anUpload(link, { sent })
      await t.services.db.transaction().execute(async (tx) => {
        await tx.updateTable('upload').set({ state: 'checking' }).where('id', '=', id).execute()
      })
      if (sent === 0) await t.services.parts.remove(id)
      await verify(id)
      expect((await uploadRow(id)).state).toBe('discarded')
    }
  })
})

describe('a refused file', () => {
  test('is recorded with its first fault and its digest, removed, and the session stays open', async () => {
    const link = await t.anOpenLink()
    const id = await aReceived(link)
    await verify(id, { checkArchive: refusing })
    const row = await uploadRow(id)
    expect(row).toMatchObject({ state: 'rejected', reason: 'file_modified', detail: 'bad_rows', line: 7 })
    expect(await storedDigest(link, id)).toBeUndefined()
    expect(await t.services.parts.offset(id)).toBeUndefined()
    const rejection = { reason: 'file_modified', detail: 'bad_rows', sha256: row.sha256 }
    expect(await viewSession(t.services, await t.readSession(link))).toMatchObject({
      state: 'opened',
      last_rejection: { ...rejection, at: expect.stringMatching(/Z$/) },
      redirect_to: null,
    })
    const refused = (await t.eventsOf(link.sampleId)).filter((event) => event.kind === 'rejected')
    expect(refused).toEqual([{ kind: 'rejected', reason: 'file_modified' }])
    await verify(id, { checkArchive: refusing })
    expect(await t.eventsOf(link.sampleId)).toHaveLength(3)
    expect(await t.statusesOf(link.sampleId)).toEqual(['consumer awaiting data'])
  })

  test('of a link that was canceled meanwhile brings nothing back', async () => {
    const link = await t.anOpenLink()
    const id = await aReceived(link)
    await cancelSession(t.services, link.sampleId)
    await verify(id)
    expect((await uploadRow(id)).state).toBe('discarded')
    expect(await storedDigest(link, id)).toBeUndefined()
    expect(await t.statusesOf(link.sampleId)).toEqual(['consumer awaiting data', 'canceled'])
  })
})

describe('a crash', () => {
  test('before the verdict is repaired by running the job again', async () => {
    const link = await t.anOpenLink()
    const id = await aReceived(link)
    const dying: ArchiveCheck = () => Promise.reject(new Error('killed'))
    await expect(verify(id, { checkArchive: dying })).rejects.toThrow('killed')
    expect((await uploadRow(id)).state).toBe('checking')
    await verify(id)
    expect((await uploadRow(id)).state).toBe('accepted')
  })

  test('between the commit and the removal of the part is repaired by running the job again', async () => {
    const link = await t.anOpenLink()
    const id = await aReceived(link)
    const parts = overriding(t.services.parts, { remove: () => Promise.reject(new Error('killed')) })
    await expect(verify(id, { parts })).rejects.toThrow('killed')
    expect((await uploadRow(id)).state).toBe('accepted')
    expect(await t.services.parts.offset(id)).toBe(2_000)
    await verify(id)
    expect(await t.services.parts.offset(id)).toBeUndefined()
    expect(await storedDigest(link, id)).toBe((await uploadRow(id)).sha256)
    expect(await runsOf(link)).toMatchObject([{ jobs: 1 }])
  })

  test('while the run is queued leaves no accepted file without its run', async () => {
    const link = await t.anOpenLink()
    const id = await aReceived(link)
    const queue = overriding(t.services.queue, { enqueue: () => Promise.reject(new Error('killed')) })
    await expect(verify(id, { queue })).rejects.toThrow('killed')
    expect((await uploadRow(id)).state).toBe('checking')
    expect((await t.readSession(link)).state).toBe('opened')
    expect(await t.statusesOf(link.sampleId)).toEqual(['consumer awaiting data'])
    expect(await runsOf(link)).toEqual([])
    await verify(id)
    expect(await runsOf(link)).toMatchObject([{ jobs: 1 }])
  })

  test('after the project was deleted leaves nothing behind', async () => {
    const partner = await t.aPartner()
    const id = await aReceived(await t.anOpenLink({}, partner))
    await t.services.db.deleteFrom('project').where('id', '=', partner.project.id).execute()
    await verify(id)
    expect(await t.services.parts.offset(id)).toBeUndefined()
  })
})

test('a check that does not come to its end is tried again, and in the end the service is to blame', async () => {
  const link = await t.anOpenLink()
  const id = await aReceived(link)
  const checkArchive: ArchiveCheck = async () => {
    throw new CheckInterrupted('timeout')
  }
  for (let times = 1; times < 5; times++) {
    await expect(verify(id, { checkArchive })).rejects.toThrow('timeout')
    expect((await uploadRow(id)).state).toBe('checking')
    expect((await t.readSession(link)).lastRejection).toBeNull()
  }
  await verify(id, { checkArchive })
  expect(await uploadRow(id)).toMatchObject({
    state: 'rejected',
    reason: 'service_unavailable',
    detail: null,
  })
  expect(await t.readSession(link)).toMatchObject({
    state: 'opened',
    lastRejection: { reason: 'service_unavailable', detail: null },
  })
})

test('a file whose check was interrupted is accepted by the next', async () => {
  const link = await t.anOpenLink()
  const id = await aReceived(link)
  const checkArchive: ArchiveCheck = async () => {
    throw new CheckInterrupted('out_of_memory')
  }
  await expect(verify(id, { checkArchive })).rejects.toThrow('out_of_memory')
  await verify(id)
  expect((await uploadRow(id)).state).toBe('accepted')
})

test('The numbers of the check are given to the run as they were measured, but for the density that it measures itself', async () => {
  const link = await t.anOpenLink()
  const id = await aReceived(link)
  await verify(id, { checkArchive: acceptingCheck({ autosomalCallRate: 0.5, rows: 12 }) })
  const { density: _, ...numbers } = aSummary({ autosomalCallRate: 0.5, rows: 12 })
  expect((await runsOf(link))[0]!.input).toMatchObject({ summary: numbers })
  expect(await uploadRow(id)).toMatchObject({ summary: null })
})
