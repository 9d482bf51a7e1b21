import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Caller } from '#lib/access/caller.ts'
import { chainAudit } from '#lib/audit/chain-audit.ts'
import { isDangling } from '#lib/platform/db/is-dangling.ts'
import { Problem } from '#lib/problem.ts'
import { receiveUpload } from '#lib/sessions/upload/receive-upload.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import { type TestPartner, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { createSubscription } from '#lib/webhooks/change-subscription.ts'
import { deleteProjects } from './delete-projects.ts'
import { eraseSamples } from './erase-samples.ts'

let t: TestServices
let owner: Caller
beforeAll(async () => {
  t = await testServices()
  owner = (await t.aKey({ role: 'owner' })).caller
})
afterAll(() => t.stop())

const remove = (ids: unknown, caller = owner) => deleteProjects(t.services, caller, { project_ids: ids })

const statusOf = (deleting: Promise<unknown>) =>
  deleting.then(
    () => 204,
    (problem: Problem) => problem.status,
  )

const countOf = async (
  table: 'project' | 'api_key' | 'subscription' | 'sample',
  column: string,
  id: string,
) => {
  const { count } = await t.services.db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<string>().as('count'))
    // biome-ignore lint/suspicious/noExplicitAny: one question about columns of several tables
    .where(column as any, '=', id)
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function aProjectWithSamples(samples: number): Promise<{ partner: TestPartner; ids: string[] }> {
  const partner = await t.aPartner()
  const ids: string[] = []
  for (let n = 0; n < samples; n++) ids.push((await t.aLink({ metadata: { n } }, partner)).sampleId)
  return { partner, ids }
}

describe('a deleted project', () => {
  test('takes its samples along as deleted samples, and its keys and subscriptions with it', async () => {
    const { partner, ids } = await aProjectWithSamples(3)
    const other = await aProjectWithSamples(1)
    await createSubscription(t.services, owner, partner.project.id, {
      target: 'http://127.0.0.1:9/hook',
      event_types: ['sample_status_changed'],
    })
    await remove([partner.project.id])

    const { id } = partner.project
    expect(await countOf('project', 'id', id)).toBe(0)
    expect(await countOf('api_key', 'project_id', id)).toBe(0)
    expect(await countOf('subscription', 'project_id', id)).toBe(0)
    expect(await countOf('sample', 'project_id', id)).toBe(0)
    expect(await countOf('sample', 'project_id', other.partner.project.id)).toBe(1)

    const stones = await t.services.db
      .selectFrom('sample_tombstone')
      .select(['sample_id', 'deleted_by_id'])
      .where('project_id', '=', id)
      .execute()
    expect(stones.map(({ sample_id }) => sample_id).sort()).toEqual([...ids].sort())
    expect(new Set(stones.map(({ deleted_by_id }) => deleted_by_id))).toEqual(new Set([owner.apiKeyId]))
    await chainAudit(t.services)
    const trail = await t.services.db
      .selectFrom('audit_entry')
      .select(['action', 'targets'])
      .where('project_id', '=', id)
      .orderBy('seq', 'desc')
      .limit(2)
      .execute()
    expect(trail.map(({ action }) => action)).toEqual(['project.delete', 'sample.delete'])
    expect([...trail[1]!.targets].sort()).toEqual([...ids].sort())
  })

  test('has every byte of its samples erased by jobs that were queued with it', async () => {
    const { partner } = await aProjectWithSamples(0)
    const link = await t.anOpenLink({}, partner)
    const uploadId = await t.anUpload(link, { bytes: Buffer.alloc(500, 'a') })
    await receiveUpload(t.services, uploadId)
    await verifyUpload(t.services, { uploadId })
    const stored = async () => {
      const found: unknown[] = []
      for await (const one of t.services.storage.list(`samples/${link.sampleId}/`)) found.push(one)
      return found
    }
    expect(await stored()).not.toEqual([])
    await remove([partner.project.id])
    const erasures = (await t.queued('erase-samples')) as { sampleIds: string[] }[]
    const erasure = erasures.find(({ sampleIds }) => sampleIds.includes(link.sampleId))
    await eraseSamples(t.services, erasure!)
    expect(await stored()).toEqual([])
  })

  test('is refused as a whole when one of several does not exist, and to whoever is bound to a project', async () => {
    const { partner } = await aProjectWithSamples(1)
    const { id } = partner.project
    expect(await statusOf(remove([id, crypto.randomUUID()]))).toBe(404)
    expect(await statusOf(remove([]))).toBe(400)
    expect(await statusOf(remove([id], partner.caller))).toBe(403)
    const bound = (await t.aKey({ role: 'owner', projectId: id })).caller
    expect(await statusOf(remove([id], bound))).toBe(403)
    expect(await countOf('sample', 'project_id', id)).toBe(1)
  })

  test('lets nothing be minted into it meanwhile: what comes too late is refused, what came before is deleted', async () => {
    const { partner } = await aProjectWithSamples(2)
    const minting = Array.from({ length: 8 }, () =>
      t.aLink({}, partner).then(
        ({ sampleId }) => sampleId,
        (error: unknown) => error,
      ),
    )
    await remove([partner.project.id])
    const minted = await Promise.all(minting)
    for (const one of minted.filter((one) => typeof one !== 'string')) {
      expect(isDangling(one) || one instanceof Problem, String(one)).toBe(true)
    }
    expect(await countOf('sample', 'project_id', partner.project.id)).toBe(0)
    const stones = await t.services.db
      .selectFrom('sample_tombstone')
      .select('sample_id')
      .where('project_id', '=', partner.project.id)
      .execute()
    const ids = stones.map(({ sample_id }) => sample_id)
    for (const one of minted) if (typeof one === 'string') expect(ids).toContain(one)
  })

  test('is deleted once by two requests at the same time', async () => {
    const { partner } = await aProjectWithSamples(5)
    const both = await Promise.all([
      statusOf(remove([partner.project.id])),
      statusOf(remove([partner.project.id])),
    ])
    expect(both.sort()).toEqual([204, 404])
  })
})
