import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { receiveUpload } from '#lib/sessions/upload/receive-upload.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import { acceptingCheck, overriding, type TestServices, testServices } from '#lib/testing/test-services.ts'
import type { Analyzer } from './analyzer.ts'
import { cancelRun } from './cancel-run.ts'
import { PutOff } from './put-off.ts'
import { requeueRuns } from './queue-run.ts'
import { attemptFilesOf, runFilesOf, runLogOf, sweepRunFiles } from './remove-run-files.ts'
import { runAnalysis } from './run-analysis.ts'
import { selectRun } from './runs-table.ts'

let t: TestServices

beforeAll(async () => {
  t = await testServices()
})
afterAll(() => t.stop())
// A worker says that it has its run when the test lets it.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
afterEach(() => void vi.useRealTimers())

async function aRun() {
  const link = await t.anOpenLink()
  const uploadId = await t.anUpload(link)
  await receiveUpload(t.services, uploadId)
  await verifyUpload({ ...t.services, checkArchive: acceptingCheck() }, { uploadId })
  return { id: await t.runOf(link.sampleId), sampleId: link.sampleId }
}
type TestRun = Awaited<ReturnType<typeof aRun>>

const runRow = ({ id }: TestRun) =>
  t.services.db.selectFrom('run').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const sampleRow = ({ sampleId }: TestRun) =>
  t.services.db.selectFrom('sample').selectAll().where('id', '=', sampleId).executeTakeFirstOrThrow()
const listed = ({ sampleId }: TestRun) =>
  t.services.db
    .selectFrom('deliverable')
    .select(['file_type', 'size'])
    .where('sample_id', '=', sampleId)
    .execute()
async function storedOf(run: TestRun): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of t.services.storage.list(runFilesOf(run))) keys.push(key)
  return keys
}
const work = (run: TestRun, array: Analyzer[], signal?: AbortSignal) =>
  runAnalysis({ ...t.services, analyzers: { array, fastq: [] } }, { runId: run.id }, signal)
/** As if the worker that has the run had said nothing for so long. */
const silenceFor = ({ id }: TestRun, seconds: number) =>
  sql`update run set held_at = held_at - make_interval(secs => ${seconds}) where id = ${id}`.execute(
    t.services.db,
  )

/** An analyzer that makes one file, and says in `qc` who it was. */
const making =
  (who: string): Analyzer =>
  async ({ folder }) => {
    const file = path.join(folder, 'made')
    await writeFile(file, who)
    return { qc: { who }, checks: [], files: [{ fileType: `made-by-${who}`, extension: 'txt', path: file }] }
  }

/** An analyzer that waits until it is let go, or aborted. */
function waiting() {
  const { promise: started, resolve: start } = Promise.withResolvers<void>()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const analyzer: Analyzer = async (_task, signal) => {
    start()
    const aborted = new Promise<never>((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason)),
    )
    await Promise.race([released, aborted])
    return { qc: {}, checks: [], files: [] }
  }
  return { analyzer, started, release }
}

describe('a run that the queue delivers twice', () => {
  test('is one worker’s: the other leaves it alone', async () => {
    const run = await aRun()
    const { analyzer, started, release } = waiting()
    const first = work(run, [analyzer, making('first')])
    await started
    await work(run, [() => Promise.reject(new Error('it was analysed twice'))])
    expect(await runRow(run)).toMatchObject({ state: 'running', attempts: 1 })
    release()
    await first
    expect(await sampleRow(run)).toMatchObject({ status: 'succeeded', qc: { who: 'first' } })
  })

  test('is taken over from a worker that fell silent, and what that one still makes counts for nothing', async () => {
    const run = await aRun()
    const { analyzer, started, release } = waiting()
    const first = work(run, [analyzer, making('first')])
    await started
    await silenceFor(run, 11)
    await work(run, [making('second')])
    release()
    await first
    expect(await runRow(run)).toMatchObject({ state: 'succeeded', attempts: 2 })
    expect((await sampleRow(run)).qc).toMatchObject({ who: 'second' })
    expect(await listed(run)).toEqual([{ file_type: 'made-by-second', size: 6 }])
    const statuses = await t.statusesOf(run.sampleId)
    expect(statuses.filter((status) => status === 'succeeded')).toHaveLength(1)
  })

  test('is not ended by the worker that lost it while the next one still works', async () => {
    const run = await aRun()
    const [one, two] = [waiting(), waiting()]
    const first = work(run, [one.analyzer, making('first')])
    await one.started
    await silenceFor(run, 11)
    const second = work(run, [two.analyzer, making('second')])
    await two.started
    one.release()
    await first
    expect(await runRow(run)).toMatchObject({ state: 'running', attempts: 2 })
    expect(await listed(run)).toEqual([])
    two.release()
    await second
    expect((await sampleRow(run)).qc).toMatchObject({ who: 'second' })
    expect(await listed(run)).toEqual([{ file_type: 'made-by-second', size: 6 }])
  })

  test('stays with a worker that says that it has it', async () => {
    const run = await aRun()
    const { analyzer, started, release } = waiting()
    const first = work(run, [analyzer])
    await started
    await silenceFor(run, 11)
    const before = (await runRow(run)).held_at!
    vi.advanceTimersByTime(1_000)
    await expect.poll(async () => (await runRow(run)).held_at! > before).toBe(true)
    await work(run, [() => Promise.reject(new Error('it was analysed twice'))])
    release()
    await first
    expect(await runRow(run)).toMatchObject({ state: 'succeeded', attempts: 1 })
  })
})

test('A run whose worker is stopped is given back, for the next one to take at once', async () => {
  const run = await aRun()
  const { analyzer, started } = waiting()
  const stop = new AbortController()
  const first = work(run, [analyzer], stop.signal)
  await started
  stop.abort(new Error('this process stops'))
  await expect(first).rejects.toThrow('this process stops')
  await work(run, [making('second')])
  expect(await sampleRow(run)).toMatchObject({ status: 'succeeded', qc: { who: 'second' } })
})

test('Stops of ours are no failure of a run, up to fifty starts; ten ends of another kind are', async () => {
  const run = await aRun()
  const stopped = async (which = run) => {
    const { analyzer, started } = waiting()
    const stop = new AbortController()
    const working = work(which, [analyzer], stop.signal)
    await started
    stop.abort(Object.assign(new Error('this process stops'), { name: 'HandOver' }))
    await expect(working).rejects.toThrow('this process stops')
  }
  const fails = () => work(run, [() => Promise.reject(new Error('it broke'))])
  for (let n = 0; n < 11; n++) await stopped()
  for (let n = 0; n < 9; n++) await expect(fails()).rejects.toThrow('it broke')
  await stopped()
  // Each of them is counted where it stores.
  expect(await runRow(run)).toMatchObject({ state: 'running', attempts: 21, handed_over: 12 })
  const { pauseSeconds } = (await selectRun(t.services.db, run.id))!
  expect(pauseSeconds).toBeGreaterThan(2.5 * 2 ** 8)
  expect(pauseSeconds).toBeLessThanOrEqual(2.5 * 2 ** 10)
  await fails()
  expect(await runRow(run)).toMatchObject({ state: 'failed', attempts: 22 })

  const waited = await aRun()
  await work(waited, [() => Promise.reject(new PutOff(1))])
  expect(await runRow(waited)).toMatchObject({ state: 'running', attempts: 1, handed_over: 1, put_off: 1 })

  // Waiting for its turn is no interruption, however often.
  const restarted = await aRun()
  const given = { attempts: 109, handed_over: 109, put_off: 60 }
  await t.services.db.updateTable('run').set(given).where('id', '=', restarted.id).execute()
  await stopped(restarted)
  await work(restarted, [() => Promise.reject(new Error('it was analysed'))])
  expect(await sampleRow(restarted)).toMatchObject({
    status: 'failed',
    status_note:
      'service_unavailable: the analysis was started 50 times, and the service interrupted it each time.',
  })
})

describe('a run that is canceled', () => {
  test('in the queue never starts', async () => {
    const run = await aRun()
    expect(await cancelRun(t.services, run.sampleId)).toBe(true)
    await work(run, [() => Promise.reject(new Error('it was analysed'))])
    expect(await t.statusesOf(run.sampleId)).toEqual(['consumer awaiting data', 'scheduled', 'canceled'])
    expect(await cancelRun(t.services, run.sampleId)).toBe(false)
  })

  test('under way is aborted, lists nothing, and leaves nothing stored but its log', async () => {
    const run = await aRun()
    const { analyzer, started } = waiting()
    const working = work(run, [making('first'), analyzer])
    await started
    await t.services.storage.put(runLogOf(run, 1), chunksOf('what a command said'))
    expect(await storedOf(run)).toHaveLength(2)
    await cancelRun(t.services, run.sampleId)
    expect((await sampleRow(run)).status).toBe('canceled')
    vi.advanceTimersByTime(1_000)
    await working
    expect(await storedOf(run)).toEqual([runLogOf(run, 1)])
    expect(await listed(run)).toEqual([])
    expect((await t.statusesOf(run.sampleId)).at(-1)).toBe('canceled')
  })

  test('at its very end stays canceled, and leaves nothing', async () => {
    const run = await aRun()
    const { analyzer, started, release } = waiting()
    const working = work(run, [making('first'), analyzer])
    await started
    await cancelRun(t.services, run.sampleId)
    release()
    await working
    expect((await sampleRow(run)).status).toBe('canceled')
    expect(await storedOf(run)).toEqual([])
  })

  test('by a worker that was killed meanwhile is tidied by the sweeper, and no other run is', async () => {
    const [run, sound] = [await aRun(), await aRun()]
    await work(sound, [making('first')])
    await t.services.storage.put(`${runFilesOf(run)}left.txt`, chunksOf('left'))
    await cancelRun(t.services, run.sampleId)
    await sweepRunFiles(t.services)
    expect(await storedOf(run)).toHaveLength(1)
    await t.advance(601)
    await sweepRunFiles(t.services)
    expect(await storedOf(run)).toEqual([])
    expect(await storedOf(sound)).toHaveLength(1)
    expect((await runRow(run)).files_removed).toBe(true)
  })
})

test('Runs whose files cannot be removed keep no other from its turn, and are tried again', async () => {
  const [stuck, run] = [await aRun(), await aRun()]
  await t.services.storage.put(`${runFilesOf(run)}left.txt`, chunksOf('left'))
  await cancelRun(t.services, run.sampleId)
  // More than one batch of them, and older.
  await sql`
    insert into run (sample_id, state, input, ended_at)
    select ${stuck.sampleId}, 'canceled', '{}', app_now() - interval '1 hour' from generate_series(1, 101)`.execute(
    t.services.db,
  )
  await t.advance(601)
  let tries = 0
  const storage = overriding(t.services.storage, {
    list: (prefix) => {
      if (!prefix.includes(stuck.sampleId)) return t.services.storage.list(prefix)
      tries++
      throw new Error('access denied')
    },
  })
  for (const sweeps of [1, 2]) {
    await expect(sweepRunFiles({ ...t.services, storage })).rejects.toThrow('access denied')
    expect(tries).toBe(101 * sweeps)
    expect((await runRow(run)).files_removed).toBe(true)
  }
  expect(await storedOf(run)).toEqual([])

  // Also where each of them takes most of the time that a sweep has.
  const later = await aRun()
  await cancelRun(t.services, later.sampleId)
  await t.advance(601)
  let now = 0
  const watch = vi.spyOn(performance, 'now').mockImplementation(() => now)
  tries = 0
  const slow = overriding(t.services.storage, {
    list: (prefix) => {
      now += 40_000
      return storage.list(prefix)
    },
  })
  for (let sweeps = 0; sweeps < 51; sweeps++)
    await sweepRunFiles({ ...t.services, storage: slow }).catch(() => undefined)
  watch.mockRestore()
  expect(tries).toBe(101)
  expect((await runRow(later)).files_removed).toBe(true)
})

test('Deliverables appear all at once, with the status, and only when every analyzer is done', async () => {
  const run = await aRun()
  const { analyzer, started, release } = waiting()
  const working = work(run, [making('first'), analyzer, making('second')])
  await started
  expect(await storedOf(run)).toHaveLength(1)
  expect(await listed(run)).toEqual([])
  release()
  await working
  expect((await listed(run)).map(({ file_type }) => file_type).sort()).toEqual([
    'made-by-first',
    'made-by-second',
  ])
})

test('A worker that wakes up late writes over nothing that was published, and what it left is swept', async () => {
  const run = await aRun()
  await work(run, [() => Promise.reject(new Error('interrupted'))]).catch(() => {})
  await work(run, [making('first')])
  const [file] = await t.services.db
    .selectFrom('deliverable')
    .selectAll()
    .where('sample_id', '=', run.sampleId)
    .execute()
  expect(file!.storage_key).toBe(`${attemptFilesOf(run, 2)}${file!.name}`)
  // The first worker's last step, which it was stopped before.
  const late = `${attemptFilesOf(run, 1)}${file!.name}`
  await t.services.storage.put(late, chunksOf('other bytes'))
  for (const attempt of [1, 2]) {
    await t.services.storage.put(runLogOf(run, attempt), chunksOf(`what a command said at ${attempt}`))
  }
  const { body } = await t.services.storage.read(file!.storage_key)
  expect(await new Response(body).text()).toBe('first')
  await t.advance(601)
  await sweepRunFiles(t.services)
  expect((await storedOf(run)).sort()).toEqual([file!.storage_key, runLogOf(run, 2)].sort())
})

test('A run that fails for good leaves nothing stored', async () => {
  const run = await aRun()
  const ended = work(run, [making('first'), () => Promise.reject(new Error('each time'))])
  await expect(ended).rejects.toThrow('each time')
  expect(await storedOf(run)).toHaveLength(1)
  await t.services.db.updateTable('run').set({ attempts: 9 }).where('id', '=', run.id).execute()
  await work(run, [making('first'), () => Promise.reject(new Error('each time'))])
  expect((await sampleRow(run)).status).toBe('failed')
  expect(await storedOf(run)).toEqual([])
})

test('A run that killed its worker each time ends as failed', async () => {
  const run = await aRun()
  await t.services.db
    .updateTable('run')
    .set({ state: 'running', attempts: 10, held_at: sql<Date>`clock_timestamp() - interval '11 seconds'` })
    .where('id', '=', run.id)
    .execute()
  await work(run, [() => Promise.reject(new Error('it was analysed'))])
  expect(await runRow(run)).toMatchObject({
    state: 'failed',
    note: expect.stringContaining('ended too often'),
  })
})

test('A run whose sample is deleted meanwhile leaves nothing stored, not even its log', async () => {
  const run = await aRun()
  const { analyzer, started } = waiting()
  const working = work(run, [making('first'), analyzer])
  await started
  await t.services.storage.put(runLogOf(run, 1), chunksOf('what a command said'))
  await t.services.db.deleteFrom('sample').where('id', '=', run.sampleId).execute()
  vi.advanceTimersByTime(1_000)
  await working
  expect(await storedOf(run)).toEqual([])
})

test('A run under way is queued again when its worker fell silent, however short or long it runs', async () => {
  const run = await aRun()
  const jobs = async () => (await t.queued('run-analysis')).filter(({ runId }) => runId === run.id).length
  const { analyzer, started, release } = waiting()
  const working = work(run, [analyzer])
  await started
  const before = await jobs()
  await t.advance(86_400)
  await requeueRuns(t.services)
  expect(await jobs()).toBe(before)
  await silenceFor(run, 91)
  await requeueRuns(t.services)
  await requeueRuns(t.services)
  expect(await jobs()).toBe(before + 1)
  release()
  await working
})

async function* chunksOf(text: string) {
  yield new TextEncoder().encode(text)
}
