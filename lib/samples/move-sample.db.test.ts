import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { moveSample } from './move-sample.ts'
import type { SampleStatus } from './sample.ts'

let t: TestServices

beforeAll(async () => {
  t = await testServices()
})
afterAll(() => t.stop())

const move = (sampleId: string, to: SampleStatus, note = '') =>
  t.services.db.transaction().execute((tx) => moveSample(tx, { sampleId, to, note }))

const sampleRow = (id: string) =>
  t.services.db.selectFrom('sample').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

const newestOf = (id: string) =>
  t.services.db
    .selectFrom('sample_status')
    .selectAll()
    .where('sample_id', '=', id)
    .orderBy('created', 'desc')
    .executeTakeFirstOrThrow()

test('A move changes the sample and its history together, with the same id, time and note', async () => {
  const { sampleId } = await t.aLink()
  expect(await move(sampleId, 'scheduled', 'as it should')).toBe(true)
  const [sample, newest] = [await sampleRow(sampleId), await newestOf(sampleId)]
  expect(sample).toMatchObject({ status: 'scheduled', status_note: 'as it should' })
  expect(newest).toMatchObject({ id: sample.status_id, created: sample.status_at, status: 'scheduled' })
  expect(sample.modified.getTime()).toBeGreaterThanOrEqual(sample.created.getTime())
})

test('A move that the status of now does not allow changes nothing', async () => {
  const { sampleId } = await t.aLink()
  const before = [await sampleRow(sampleId), await t.statusesOf(sampleId)]
  for (const to of ['running', 'succeeded', 'failed qc', 'failed', 'consumer awaiting data'] as const) {
    expect(await move(sampleId, to)).toBe(false)
  }
  expect([await sampleRow(sampleId), await t.statusesOf(sampleId)]).toEqual(before)
  expect(await move(crypto.randomUUID(), 'scheduled')).toBe(false)
})

test('Moves at once happen one after the other, and none that the one before has ruled out', async () => {
  for (let round = 0; round < 3; round++) {
    const { sampleId } = await t.aLink()
    const outcomes = await Promise.all([
      move(sampleId, 'scheduled'),
      move(sampleId, 'canceled'),
      move(sampleId, 'consumer session expired'),
    ])
    // A scheduled sample may still be canceled; everything else is the end.
    const statuses = await t.statusesOf(sampleId)
    expect(outcomes.filter(Boolean)).toHaveLength(statuses.length - 1)
    expect(['scheduled', 'canceled', 'consumer session expired']).toContain(statuses[1])
    expect(statuses.slice(2)).toEqual(statuses[1] === 'scheduled' && outcomes[1] ? ['canceled'] : [])
    expect((await sampleRow(sampleId)).status).toBe(statuses.at(-1))
  }
})

test('A transaction that is rolled back leaves no line of history', async () => {
  const { sampleId } = await t.aLink()
  const dying = t.services.db.transaction().execute(async (tx) => {
    await moveSample(tx, { sampleId, to: 'scheduled' })
    throw new Error('killed')
  })
  await expect(dying).rejects.toThrow('killed')
  expect(await t.statusesOf(sampleId)).toEqual(['consumer awaiting data'])
})
