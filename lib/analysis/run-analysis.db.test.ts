import { writeFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Problem } from '#lib/problem.ts'
import { changeProject } from '#lib/projects/change-project.ts'
import { deleteSamples } from '#lib/samples/delete-samples.ts'
import { findSampleProject } from '#lib/samples/find-sample.ts'
import { moveSample } from '#lib/samples/move-sample.ts'
import { unpackRecord } from '#lib/samples/pack-record.ts'
import { receiveUpload } from '#lib/sessions/upload/receive-upload.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import {
  acceptingCheck,
  type TestPartner,
  type TestServices,
  testServices,
} from '#lib/testing/test-services.ts'
import type { Analyzer } from './analyzer.ts'
import { judgeQuality } from './judge-quality.ts'
import { deleteGivenUpSketches } from './likeness/delete-given-up-sketches.ts'
import { listSamePersons } from './likeness/list-same-persons.ts'
import { requeueRuns } from './queue-run.ts'
import { runFilesOf, sweepRunFiles } from './remove-run-files.ts'
import { runAnalysis } from './run-analysis.ts'
import { runSamplesAgain } from './run-samples-again.ts'

let t: TestServices

beforeAll(async () => {
  t = await testServices()
})
afterAll(() => t.stop())

/** An analysis that makes no files: the numbers of the check, judged by the project's thresholds. */
const judging: Analyzer = async ({ input, settings }) => ({
  qc: { vendor: input.vendor, summary: input.summary },
  checks: judgeQuality(input.summary, settings),
  files: [],
})

/** A scheduled sample whose run waits. */
async function aRun({
  callRate = 0.99,
  callRateMin = 0.9,
  partner: given,
}: {
  callRate?: number
  callRateMin?: number
  partner?: TestPartner
} = {}) {
  const partner = given ?? (await t.aPartner({ callRateMin }))
  const link = await t.anOpenLink({}, partner)
  const uploadId = await t.anUpload(link)
  await receiveUpload(t.services, uploadId)
  const checkArchive = acceptingCheck({ autosomalCallRate: callRate })
  await verifyUpload({ ...t.services, checkArchive }, { uploadId })
  return { runId: await t.runOf(link.sampleId), sampleId: link.sampleId, partner }
}

const analyse = (runId: string, analyzer: Analyzer = judging) =>
  runAnalysis({ ...t.services, analyzers: { array: [analyzer], fastq: [] } }, { runId })

const runRow = (id: string) =>
  t.services.db.selectFrom('run').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const sampleRow = (id: string) =>
  t.services.db.selectFrom('sample').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const jobsOf = async (runId: string) => (await t.queued('run-analysis')).filter((job) => job.runId === runId)

const ACCEPTED = ['consumer awaiting data', 'scheduled']

test('A run takes its sample to succeeded, with the numbers of its file as qc', async () => {
  const { runId, sampleId } = await aRun()
  await analyse(runId)
  expect(await t.statusesOf(sampleId)).toEqual([...ACCEPTED, 'running', 'succeeded'])
  const { qc, qc_packed, ...sample } = await sampleRow(sampleId)
  expect({ ...sample, qc: unpackRecord(qc, qc_packed) }).toMatchObject({
    status: 'succeeded',
    run_id: runId,
    failed_qc: null,
    qc: {
      vendor: '23andme',
      summary: { rows: 600_000, autosomalCallRate: 0.99 },
      checks: expect.arrayContaining([
        { key: 'low_call_rate', status: 'succeeded', expected: 0.9, measured: 0.99, note: '' },
      ]),
    },
  })
  const run = await runRow(runId)
  expect(run).toMatchObject({ state: 'succeeded', attempts: 1, ended_at: expect.any(Date) })
  // The sample has them, and nothing will analyse it again.
  expect(run.input).not.toHaveProperty('summary')
})

test('A low call rate ends in failed qc, and says so with both figures', async () => {
  const { runId, sampleId } = await aRun({ callRate: 0.8999 })
  await analyse(runId)
  expect(await t.statusesOf(sampleId)).toEqual([...ACCEPTED, 'running', 'failed qc'])
  const { failed_qc, status_note } = await sampleRow(sampleId)
  expect(failed_qc).toMatch(/^low_call_rate: 89\.9 % .* 90\.0 %\.$/)
  expect(status_note).toBe(failed_qc)
  expect(await runRow(runId)).toMatchObject({ state: 'succeeded', input: { summary: { rows: 600_000 } } })
})

test("The threshold is the project's, and is itself enough", async () => {
  const { runId, sampleId } = await aRun({ callRate: 0.5, callRateMin: 0.5 })
  await analyse(runId)
  expect((await sampleRow(sampleId)).status).toBe('succeeded')
})

test('A run that has ended is not run again', async () => {
  const { runId, sampleId } = await aRun()
  await analyse(runId)
  const before = [await runRow(runId), await sampleRow(sampleId)]
  await analyse(runId, () => Promise.reject(new Error('it was analysed again')))
  expect([await runRow(runId), await sampleRow(sampleId)]).toEqual(before)
  await analyse(crypto.randomUUID())
})

test('A run at the same time in two workers ends once', async () => {
  const { runId, sampleId } = await aRun()
  const { promise: started, resolve: start } = Promise.withResolvers<void>()
  const { promise: letGo, resolve: release } = Promise.withResolvers<void>()
  const slow = analyse(runId, async (...task) => {
    start()
    await letGo
    return judging(...task)
  })
  await started
  await analyse(runId)
  release()
  await slow
  const statuses = await t.statusesOf(sampleId)
  expect(statuses.filter((status) => status === 'succeeded')).toHaveLength(1)
  expect(statuses.at(-1)).toBe('succeeded')
})

test('A run whose worker was killed starts again and ends well', async () => {
  const { runId, sampleId } = await aRun()
  await expect(analyse(runId, () => Promise.reject(new Error('killed')))).rejects.toThrow('killed')
  expect(await runRow(runId)).toMatchObject({ state: 'running', attempts: 1 })
  expect((await sampleRow(sampleId)).status).toBe('running')
  await analyse(runId)
  expect(await runRow(runId)).toMatchObject({ state: 'succeeded', attempts: 2 })
  expect((await t.statusesOf(sampleId)).at(-1)).toBe('succeeded')
})

test('What trying again would not mend ends the sample as failed, with the words of the refusal', async () => {
  const { runId, sampleId } = await aRun()
  await analyse(runId, () => Promise.reject(new Problem('unprocessable', 'The analysis refuses this file.')))
  expect(await runRow(runId)).toMatchObject({ state: 'failed', note: 'The analysis refuses this file.' })
  expect(await sampleRow(sampleId)).toMatchObject({
    status: 'failed',
    status_note: 'The analysis refuses this file.',
  })
})

test('A run that ends its worker each time ends as failed instead of going on for ever', async () => {
  const { runId, sampleId } = await aRun()
  const deadly: Analyzer = () => Promise.reject(new Error('killed'))
  for (let n = 0; n < 9; n++) await expect(analyse(runId, deadly)).rejects.toThrow('killed')
  await analyse(runId, deadly)
  expect((await runRow(runId)).state).toBe('failed')
  expect((await sampleRow(sampleId)).status).toBe('failed')
})

test('The run of a canceled sample ends as canceled, and changes nothing', async () => {
  const { runId, sampleId } = await aRun()
  await t.services.db.transaction().execute((tx) => moveSample(tx, { sampleId, to: 'canceled' }))
  await analyse(runId, () => Promise.reject(new Error('it was analysed')))
  expect((await runRow(runId)).state).toBe('canceled')
  expect(await t.statusesOf(sampleId)).toEqual([...ACCEPTED, 'canceled'])
  const before = (await jobsOf(runId)).length
  await t.advance(3_600)
  await requeueRuns(t.services)
  expect(await jobsOf(runId)).toHaveLength(before)
})

test('A run whose sample is deleted in the middle of it ends quietly', async () => {
  const { runId, sampleId } = await aRun()
  const projectId = await findSampleProject(t.services, sampleId)
  await analyse(runId, async (...task) => {
    await t.services.db.deleteFrom('project').where('id', '=', projectId).execute()
    return judging(...task)
  })
  await expect(runRow(runId)).rejects.toThrow('no result')
})

test('A run that nobody took up is queued again, once, and only when it has waited long', async () => {
  const { runId } = await aRun()
  await requeueRuns(t.services)
  expect(await jobsOf(runId)).toHaveLength(1)
  await t.advance(901)
  await requeueRuns(t.services)
  await requeueRuns(t.services)
  expect(await jobsOf(runId)).toHaveLength(2)
})

describe('a sample that failed', () => {
  const again = ({ partner, sampleId }: Awaited<ReturnType<typeof aRun>>) =>
    runSamplesAgain(t.services, partner.caller, {
      projectId: partner.project.id,
      fields: { sample_ids: [sampleId] },
    })
  /** One file beside the verdict, as every analyzer makes some. */
  const making: Analyzer = async (task, signal) => {
    const path = `${task.folder}/made`
    await writeFile(path, task.runId)
    const file = { fileType: 'genotypes-tsv', extension: 'tsv', path } as const
    return { ...(await judging(task, signal)), files: [file] }
  }
  const storedOf = async (runId: string, sampleId: string) => {
    const keys: string[] = []
    for await (const { key } of t.services.storage.list(runFilesOf({ id: runId, sampleId }))) keys.push(key)
    return keys
  }

  test('is run again by the rules of now; the old files stay until the new ones are there', async () => {
    const one = await aRun({ callRate: 0.8 })
    const { runId, sampleId, partner } = one
    await analyse(runId, making)
    expect((await sampleRow(sampleId)).status).toBe('failed qc')
    const owner = { ...partner.caller, role: 'owner' as const }
    await changeProject(t.services, owner, partner.project.id, { settings: { call_rate_min: 0.7 } })

    expect(await again(one)).toEqual([sampleId])
    await expect(again(one)).rejects.toMatchObject({ code: 'invalid' })
    const next = (await sampleRow(sampleId)).run_id!
    expect(next).not.toBe(runId)
    expect(await jobsOf(next)).toHaveLength(1)
    await t.advance(3_600)
    await sweepRunFiles(t.services)
    expect(await storedOf(runId, sampleId)).toHaveLength(1)

    await analyse(next, making)
    expect(await t.statusesOf(sampleId)).toEqual([
      ...[...ACCEPTED, 'running', 'failed qc'],
      ...['scheduled', 'running', 'succeeded'],
    ])
    expect((await sampleRow(sampleId)).failed_qc).toBeNull()
    await t.advance(3_600)
    await sweepRunFiles(t.services)
    expect(await storedOf(runId, sampleId)).toEqual([])
    expect(await storedOf(next, sampleId)).toHaveLength(1)
  })

  test('is not run again without its original, nor one that succeeded', async () => {
    const failed = await aRun()
    await analyse(failed.runId, () => Promise.reject(new Problem('unprocessable', 'No.')))
    const erased = t.services.db.updateTable('upload').set({ erased_at: new Date() })
    await erased.where('sample_id', '=', failed.sampleId).execute()
    await expect(again(failed)).rejects.toMatchObject({ code: 'invalid' })
    const good = await aRun()
    await analyse(good.runId)
    await expect(again(good)).rejects.toMatchObject({ code: 'invalid' })
    expect((await sampleRow(good.sampleId)).status).toBe('succeeded')
  })
})

describe('the same person twice', () => {
  const sketch = (seed: number) =>
    Uint8Array.from({ length: 1_024 * 4 }, (_, n) => {
      const number = ((n >> 2) * 2_000_003 * 2 + (((n >> 2) * seed) % 7 < 2 ? 1 : 0)) >>> 0
      return (number >>> (24 - 8 * (n % 4))) & 0xff
    })
  const sketching =
    (seed: number): Analyzer =>
    async (task, signal) => ({
      ...(await judging(task, signal)),
      sketch: { kid: 'k', bytes: sketch(seed) },
    })
  const kept = async () => {
    const { rows } = await sql<{ id: string }>`select sample_id as id from genotype_sketch`.execute(
      t.services.db,
    )
    return rows.map(({ id }) => id)
  }
  async function twice() {
    const partner = await t.aPartner({ findSamePerson: true })
    const ids: string[] = []
    for (const seed of [1, 3, 1]) {
      const { runId, sampleId } = await aRun({ partner, callRate: 0.8 })
      await analyse(runId, sketching(seed))
      ids.push(sampleId)
    }
    const pairs = async () =>
      (await listSamePersons(t.services, partner.project.id)).map(({ sample, other }) => [
        sample.id,
        other.id,
      ])
    return { partner, ids, pairs }
  }

  test('is found among the samples of a project that asks for it, once, also when a run is made again', async () => {
    const { ids, pairs, partner } = await twice()
    expect(await pairs()).toEqual([[ids[2], ids[0]]])
    await runSamplesAgain(t.services, partner.caller, {
      projectId: partner.project.id,
      fields: { sample_ids: [ids[0]] },
    })
    await analyse((await sampleRow(ids[0]!)).run_id!, sketching(1))
    expect(await pairs()).toEqual([[ids[0], ids[2]]])
  })

  test('what was kept goes with the sample, and is read no more when the project asks no more, until the sweep deletes it', async () => {
    const { ids, pairs, partner } = await twice()
    await deleteSamples(t.services, partner.caller, {
      projectId: partner.project.id,
      fields: { sample_ids: [ids[0]] },
    })
    expect(await kept()).toEqual(expect.arrayContaining([ids[1], ids[2]]))
    expect(await kept()).not.toContain(ids[0])
    expect(await pairs()).toEqual([])
    const { runId, sampleId } = await aRun({ partner })
    const owner = { ...partner.caller, role: 'owner' as const }
    const ask = (asks: boolean) =>
      changeProject(t.services, owner, partner.project.id, { settings: { find_same_person: asks } })
    await ask(false)
    await analyse(runId, sketching(1))
    // What it asked for earlier does not come back when it asks again.
    await ask(true)
    const again = await aRun({ partner, callRate: 0.8 })
    await analyse(again.runId, sketching(1))
    expect(await pairs()).toEqual([])
    await Promise.all([1, 2].map(() => deleteGivenUpSketches(t.services)))
    await deleteGivenUpSketches(t.services)
    for (const id of [...ids, sampleId]) expect(await kept()).not.toContain(id)
    expect(await kept()).toContain(again.sampleId)
    expect(await t.services.db.selectFrom('sketches_given_up').selectAll().execute()).toEqual([])
  })
})
