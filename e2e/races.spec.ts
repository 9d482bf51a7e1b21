import { expect, test } from './fixtures.ts'
import { type RawExport, smallExport } from './raw/raw-export.ts'
import { isWhole, openedPage, type RawPage, rawPage, sendAllButLast, sendFile } from './raw/raw-page.ts'
import { partsOf, statusHistoryOf, storedDigests, timelineOf, untilStatus } from './raw/sample-state.ts'

const ROUNDS = process.env.ARRAYDROP_TORTURE === '1' ? 200 : 2

/** Requests whose heads the server has, and that wait for their last byte: then all of them come in at once. */
async function releaseTogether(
  page: RawPage,
  waiting: { path: string; file: RawExport }[],
): Promise<number[]> {
  const held = waiting.map(({ path, file }) => page.openPatch(path, file.bytes.length - 1, 1))
  await Promise.all(held.map((request) => request.write(new Uint8Array(0))))
  const answers = await Promise.all(waiting.map(({ file }, n) => held[n]!.end(file.bytes.subarray(-1))))
  return answers.map(({ status }) => status)
}

test('of parallel uploads of one sample exactly one becomes its file, with one run', {
  tag: '@torture',
}, async ({ service, partner }) => {
  test.setTimeout(60_000 + ROUNDS * 10_000)
  for (let round = 0; round < ROUNDS; round++) {
    const page = await openedPage(service, partner)
    const files = [
      await smallExport(round),
      await smallExport(1_000 + round),
      await smallExport(2_000 + round),
    ]
    const waiting: { path: string; file: RawExport }[] = []
    for (const file of files) waiting.push({ path: await sendAllButLast(page, file), file })

    // An earlier one may be judged already when a later one comes in: then the sample has its file.
    for (const status of await releaseTogether(page, waiting)) expect([204, 409]).toContain(status)
    await untilStatus(partner, page.sampleId, 'succeeded')
    await expect.poll(() => partsOf(service, page.sampleId)).toEqual([])

    const stored = await storedDigests(service, page.sampleId)
    expect(stored).toHaveLength(1)
    expect(files.map(({ sha256 }) => sha256)).toContain(stored[0])
    expect(await statusHistoryOf(partner, page.sampleId)).toEqual([
      'consumer awaiting data',
      'scheduled',
      'running',
      'succeeded',
    ])
    expect((await timelineOf(partner, page.sampleId)).map(({ kind }) => kind)).toEqual([
      'minted',
      'opened',
      'received',
    ])
  }
})

test('the second upload of a sample is told that it already has its file', { tag: '@torture' }, async ({
  service,
  partner,
}) => {
  const [first, second] = [await smallExport(1), await smallExport(2)]
  const page = await openedPage(service, partner)
  const late = await sendAllButLast(page, second)
  await sendFile(page, first)
  await untilStatus(partner, page.sampleId, 'succeeded')

  const answers = [
    await page.patch(late, second.bytes.length - 1, second.bytes.subarray(-1)),
    await page.create({ size: second.bytes.length, sha256: second.sha256 }),
  ]
  for (const answer of answers) {
    expect(answer.status).toBe(409)
    expect(answer.json()).toMatchObject({ reason: 'already_uploaded' })
  }
  expect((await page.open()).json()).toMatchObject({ state: 'received', reason: null })
  expect(await storedDigests(service, page.sampleId)).toEqual([first.sha256])
})

test('the same last byte sent twice at once completes the upload once', async ({ service, partner }) => {
  for (let round = 0; round < ROUNDS; round++) {
    const file = await smallExport(3_000 + round)
    const page = await openedPage(service, partner)
    const path = await sendAllButLast(page, file)
    const last = { path, file }
    const statuses = await releaseTogether(page, [last, last])
    expect(statuses).toContain(204)
    await untilStatus(partner, page.sampleId, 'succeeded')
    expect(await storedDigests(service, page.sampleId)).toEqual([file.sha256])
    expect(
      (await statusHistoryOf(partner, page.sampleId)).filter((status) => status === 'scheduled'),
    ).toHaveLength(1)
  }
})

test('a link opened by many at once is opened once, with one deadline', async ({ service, partner }) => {
  const link = await partner.mint()
  const answers = await Promise.all(Array.from({ length: 20 }, () => rawPage(service, link).open()))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  expect((await timelineOf(partner, link.sample_id)).map(({ kind }) => kind)).toEqual(['minted', 'opened'])
})

test('leaving during the last byte: the file is kept whole or deleted, and the page learns which', async ({
  service,
  partner,
}) => {
  for (let round = 0; round < ROUNDS; round++) {
    const file = await smallExport(4_000 + round)
    const page = await openedPage(service, partner)
    const path = await sendAllButLast(page, file)
    const last = page.openPatch(path, file.bytes.length - 1, 1)
    await last.write(new Uint8Array(0))
    const [answer] = await Promise.all([
      last.end(file.bytes.subarray(-1)).catch(() => undefined),
      page.leave(),
    ])

    if (isWhole(answer, file)) {
      await untilStatus(partner, page.sampleId, 'succeeded')
      expect(await storedDigests(service, page.sampleId)).toEqual([file.sha256])
    } else {
      expect((await page.state()).state).toBe('opened')
      await sendFile(page, file)
      await untilStatus(partner, page.sampleId, 'succeeded')
    }
    expect(
      (await statusHistoryOf(partner, page.sampleId)).filter((status) => status === 'scheduled'),
    ).toHaveLength(1)
    await expect.poll(() => partsOf(service, page.sampleId)).toEqual([])
  }
})

test('canceling during the last byte: the sample is canceled or has its file, never both', async ({
  service,
  partner,
}) => {
  for (let round = 0; round < ROUNDS; round++) {
    const file = await smallExport(5_000 + round)
    const page = await openedPage(service, partner)
    const path = await sendAllButLast(page, file)
    const [, canceled] = await Promise.all([
      page.patch(path, file.bytes.length - 1, file.bytes.subarray(-1)).catch(() => undefined),
      partner.call('POST', `/api/v2/array-data-upload-form/${page.sampleId}/cancel`),
    ])
    if (canceled.status === 200) {
      await expect.poll(() => storedDigests(service, page.sampleId)).toEqual([])
      expect(await statusHistoryOf(partner, page.sampleId)).toEqual(['consumer awaiting data', 'canceled'])
    } else {
      expect(canceled.status).toBe(409)
      await untilStatus(partner, page.sampleId, 'succeeded')
    }
    await expect.poll(() => partsOf(service, page.sampleId)).toEqual([])
  }
})
