import { afterAll, beforeAll, expect, test } from 'vitest'
import { addUpload } from '#lib/fastq/add-upload.ts'
import { sourceOf } from '#lib/fastq/seal-source.ts'
import { startStore, type TestStore } from '#lib/fastq/store-for-tests.ts'
import { loadSecrets } from '#lib/platform/secrets.ts'
import type { Services } from '#lib/services.ts'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { createSubscription } from '#lib/webhooks/change-subscription.ts'
import { rotateSecret } from '#lib/webhooks/rotate-secret.ts'
import { openSecret } from '#lib/webhooks/seal-secret.ts'
import { isSealedWithFirst, reseal } from './reseal.ts'

let t: TestServices
let store: TestStore

beforeAll(async () => {
  t = await testServices()
  store = await startStore()
})
afterAll(async () => {
  await store.stop()
  await t.stop()
})

const under = async (appSecret: string): Promise<Services> => ({
  ...t.services,
  env: { ...t.services.env, allowPrivateTargets: true },
  secrets: await loadSecrets({ appSecret, dataDir: '/nowhere' }),
})

test('after a rotation and a start, what was sealed opens by the new secret alone', async () => {
  const [old, fresh] = ['o'.repeat(32), 'n'.repeat(32)]
  const before = await under(old)
  const partner = await t.aPartner()
  const { id } = await createSubscription(before, partner.caller, partner.project.id, {
    target: 'https://hooks.clinic.example/arraydrop',
    event_types: ['analysis_complete_v2'],
  })
  const secret = await rotateSecret(before, partner.caller, id)
  const url = `${store.origin}/b/s1_R1.fastq.gz?sig=x`
  const { upload } = await addUpload(before, partner.caller, {
    destination_path: 'gncv://rotation/s1_R1.fastq.gz',
    source_url: url,
  })

  const both = await under(`${fresh},${old}`)
  expect(await isSealedWithFirst(both), 'the old secret may not go yet').toBe(false)
  expect(await isSealedWithFirst(await under(`${old},${fresh}`))).toBe(true)
  await reseal(both)
  expect(await isSealedWithFirst(both)).toBe(true)

  const after = await under(fresh)
  const sealed = await t.services.db
    .selectFrom('subscription_secret')
    .select('sealed')
    .where('subscription_id', '=', id)
    .executeTakeFirstOrThrow()
  expect(await openSecret(after.secrets, id, sealed.sealed)).toBe(secret)
  expect((await sourceOf(after, upload.id)).url).toBe(url)
})

test('a secret that went too early keeps nobody from starting', async () => {
  await expect(reseal(await under('x'.repeat(32)))).resolves.toBeUndefined()
})
