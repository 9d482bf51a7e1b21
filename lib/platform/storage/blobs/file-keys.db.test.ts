import { randomBytes, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runAnalysis } from '#lib/analysis/run-analysis.ts'
import { deleteSamples } from '#lib/samples/delete-samples.ts'
import { eraseSamples } from '#lib/samples/erase-samples.ts'
import { receiveUpload } from '#lib/sessions/upload/receive-upload.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import { publishTwo } from '#lib/testing/export-stand-ins.ts'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { loadSecrets } from '../../secrets.ts'
import { createStorage } from '../create-storage.ts'
import { BlobNotFound } from './blob-store.ts'
import { createFileKeys, resealFileKeys } from './file-keys.ts'

let t: TestServices

/** Services whose files are encrypted at rest, as `boot` makes them. */
async function encrypting(t: TestServices, encryptAtRest = true) {
  const { services } = t
  const env = { ...services.env, encryptAtRest }
  const made = await createStorage({ ...services, env, locker: services.parts.locker, settle: true })
  Object.assign(services, { env, storage: made.storage, parts: made.parts })
}

beforeAll(async () => {
  t = await testServices()
  await encrypting(t)
})
afterAll(() => t.stop())

async function filesWith(text: string): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(t.directory, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name)
    if (entry.isFile() && (await readFile(file)).includes(text)) found.push(file)
  }
  return found
}

async function bytesOf(key: string): Promise<string> {
  return new Response((await t.services.storage.read(key)).body).text()
}

/** A sample whose upload is at the given step, and where its original is kept. */
async function aSample(bytes: Uint8Array, steps: { received: boolean }) {
  const partner = await t.aPartner()
  const link = await t.anOpenLink({}, partner)
  const uploadId = await t.anUpload(link, { bytes, ...(steps.received ? {} : { sent: bytes.length - 1 }) })
  if (steps.received) {
    await receiveUpload(t.services, uploadId)
    await verifyUpload(t.services, { uploadId })
    const analyzers = { array: [publishTwo], fastq: [] }
    await runAnalysis({ ...t.services, analyzers }, { runId: await t.runOf(link.sampleId) })
  }
  return {
    partner,
    sampleId: link.sampleId,
    uploadId,
    key: `samples/${link.sampleId}/${uploadId}/original.zip`,
  }
}

describe('with encryption at rest', () => {
  test('no byte of a file lies on the disk at any step, from the first one received to the deliverables', async () => {
    const marker = `rs4477212 1 82154 AA ${randomBytes(12).toString('hex')}`
    const bytes = Buffer.from(`${marker}\n`.repeat(3_000))
    const { uploadId } = await aSample(bytes, { received: false })
    expect(await t.services.parts.offset(uploadId)).toBe(bytes.length - 1)
    expect(await filesWith(marker)).toEqual([])
    const { key, sampleId } = await aSample(bytes, { received: true })
    expect(await t.statusesOf(sampleId)).toContain('succeeded')
    expect(await bytesOf(key)).toBe(bytes.toString())
    expect(await filesWith(marker)).toEqual([])
    const keys: string[] = []
    for await (const stored of t.services.storage.list(`samples/${sampleId}/`)) keys.push(stored.key)
    expect(keys.length).toBeGreaterThan(1)
  })

  test('deleting a sample destroys its key, so that a copy of its files is worth nothing', async () => {
    const { partner, sampleId, key } = await aSample(randomBytes(2_000), { received: true })
    const file = path.join(t.directory, 'files', `${key}.age`)
    const copy = await readFile(file)
    const fields = { sample_ids: [sampleId] }
    await deleteSamples(t.services, partner.caller, { projectId: partner.project.id, fields })
    await eraseSamples(t.services, { sampleIds: [sampleId] })
    expect(await createFileKeys(t.services).find(sampleId)).toBeUndefined()
    await expect(readFile(file)).rejects.toThrow('ENOENT')
    const { mkdir, writeFile } = await import('node:fs/promises')
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, copy)
    await expect(bytesOf(key)).rejects.toThrow(BlobNotFound)
    async function* late() {
      yield Buffer.from('late')
    }
    await expect(t.services.storage.put(key, late())).rejects.toThrow('deleted sample')
  })

  test('files from before stay readable, and switching it off again loses neither files nor uploads', async () => {
    await encrypting(t, false)
    const { key } = await aSample(Buffer.from('encrypted or not'), { received: true })
    const begun = await aSample(Buffer.from('begun in plain'), { received: false })
    expect(await readFile(path.join(t.directory, 'files', key), 'utf8')).toBe('encrypted or not')
    await encrypting(t)
    expect(await bytesOf(key)).toBe('encrypted or not')
    expect(await t.services.parts.offset(begun.uploadId)).toBe('begun in plai'.length)
    expect(await filesWith('begun in plai')).toEqual([])
    await encrypting(t, false)
    expect(await t.services.parts.offset(begun.uploadId)).toBe('begun in plai'.length)
    await encrypting(t)
  })
})

describe('keys of files', () => {
  test('are made once per sample, also by processes that begin at the same moment', async () => {
    const owner = randomUUID()
    const made = await Promise.all(
      Array.from({ length: 8 }, () => createFileKeys(t.services).findOrMake(owner)),
    )
    expect(new Set(made).size).toBe(1)
    expect(made[0]).toMatch(/^AGE-SECRET-KEY-1[0-9A-Z]+$/)
    expect(await createFileKeys(t.services).findOrMake(randomUUID())).not.toBe(made[0])
  })

  test('are sealed under APP_SECRET, each bound to its sample', async () => {
    const { db } = t.services
    const [one, other] = [randomUUID(), randomUUID()]
    const identity = await createFileKeys(t.services).findOrMake(one)
    const row = db.selectFrom('file_key').select('sealed').where('owner', '=', one)
    const { sealed } = await row.executeTakeFirstOrThrow()
    expect(sealed).not.toContain(identity)
    await db.insertInto('file_key').values({ owner: other, sealed }).execute()
    await expect(createFileKeys(t.services).find(other)).rejects.toThrow()
    await db.deleteFrom('file_key').where('owner', '=', other).execute()
  })

  test('survive a rotation of APP_SECRET, and afterwards need the new secret alone', async () => {
    const { db, env } = t.services
    const [older, newer] = [env.appSecret!, randomBytes(32).toString('hex')]
    const withSecrets = async (appSecret: string) => ({
      db,
      secrets: await loadSecrets({ ...env, appSecret }),
    })
    const owner = randomUUID()
    const identity = await createFileKeys(t.services).findOrMake(owner)
    const alone = await withSecrets(newer)
    await expect(createFileKeys(alone).find(owner)).rejects.toThrow('not in APP_SECRET any more')
    await expect(resealFileKeys(alone)).rejects.toThrow('not in APP_SECRET any more')
    const both = await withSecrets(`${newer},${older}`)
    expect(await createFileKeys(both).find(owner)).toBe(identity)
    expect(await resealFileKeys(both)).toBeGreaterThan(0)
    expect(await resealFileKeys(both)).toBe(0)
    expect(await createFileKeys(alone).find(owner)).toBe(identity)
    expect(await resealFileKeys(await withSecrets(`${older},${newer}`))).toBeGreaterThan(0)
  })
})
