import { createHash } from 'node:crypto'
import { expect, test } from './fixtures.ts'
import { asFile, exportCutOff, exportOfSize, smallExport } from './raw/raw-export.ts'
import { beginUpload, openedPage, rawPage, sendFile } from './raw/raw-page.ts'
import { partsOf, storedDigests, timelineOf, untilBytesThere, untilStatus } from './raw/sample-state.ts'
import { sendRequest } from './raw/send-request.ts'

const FILE_BYTES_MAX = 26_214_400
const FILES = '/api/upload/files'

test.describe('size', () => {
  test('a genuine file of 25 MiB to the byte arrives whole through the production build', {
    tag: '@torture',
  }, async ({ service, partner }) => {
    const file = await exportOfSize(FILE_BYTES_MAX, 1)
    expect(file.bytes.length).toBe(FILE_BYTES_MAX)
    const page = await openedPage(service, partner)

    const path = await beginUpload(page, file)
    const answer = await page.patch(path, 0, file.bytes)

    expect(answer.status).toBe(204)
    expect(answer.headers['upload-offset']).toBe(String(FILE_BYTES_MAX))
    await untilStatus(partner, page.sampleId, 'succeeded', { seconds: 90 })
    expect(await storedDigests(service, page.sampleId)).toEqual([file.sha256])
  })

  test('one byte more is refused before any byte is sent', async ({ service, partner }) => {
    const page = await openedPage(service, partner)
    const answer = await page.create({ size: FILE_BYTES_MAX + 1, sha256: '0'.repeat(64) })
    expect(answer.status).toBe(413)
    expect(answer.json()).toMatchObject({ proto: 1, reason: 'file_too_large' })
    expect(await partsOf(service, page.sampleId)).toEqual([])
  })

  test('a file of no bytes is refused', async ({ service, partner }) => {
    const page = await openedPage(service, partner)
    const answer = await page.create({ size: 0, sha256: createHash('sha256').digest('hex') })
    expect(answer.status).toBe(400)
    expect(answer.json()).toMatchObject({ reason: 'file_empty' })
  })

  for (const chunked of [false, true]) {
    const how = chunked ? 'without saying how many' : 'and says so'
    test(`a sender of more bytes than announced ${how} is cut off while they arrive`, async ({
      service,
      partner,
    }) => {
      const announced = 100_000
      const page = await openedPage(service, partner)
      const path = await beginUpload(page, asFile(new Uint8Array(announced)))
      const piece = new Uint8Array(64 * 1_024)
      const pieces = 400

      const patch = page.openPatch(path, 0, chunked ? undefined : pieces * piece.length)
      let sent = 0
      const flood = async () => {
        for (; sent < pieces; sent++) await patch.write(piece)
      }
      // A server that hangs up in mid-body ends the writing, too.
      const answer = await Promise.race([patch.answer, flood().then(() => patch.end())]).catch(
        () => undefined,
      )
      patch.cut()

      expect([413, undefined]).toContain(answer?.status)
      expect(sent).toBeLessThan(pieces)
      expect((await page.state()).state).toBe('opened')
      const left = await page.head(path)
      expect(Number(left.headers['upload-offset'] ?? 0)).toBeLessThanOrEqual(announced)
      await page.leave()
      expect(await partsOf(service, page.sampleId)).toEqual([])
    })
  }

  test('a length that is to be told later is refused', async ({ service, partner }) => {
    const page = await openedPage(service, partner)
    const answer = await page.create(
      { size: 1, sha256: '0'.repeat(64) },
      { 'Upload-Length': undefined, 'Upload-Defer-Length': '1' },
    )
    expect(answer.status).toBe(400)
    expect(await partsOf(service, page.sampleId)).toEqual([])
  })
})

test.describe('digest', () => {
  for (const [name, metadata] of [
    ['none', undefined],
    ['one in capitals', `sha256 ${Buffer.from('A'.repeat(64)).toString('base64')}`],
    ['one too short', `sha256 ${Buffer.from('a'.repeat(63)).toString('base64')}`],
  ] as const) {
    test(`an upload with ${name} is refused at once`, async ({ service, partner }) => {
      const page = await openedPage(service, partner)
      const answer = await page.create({ size: 10, sha256: '' }, { 'Upload-Metadata': metadata })
      expect(answer.status).toBe(400)
      expect(answer.json()).toMatchObject({ proto: 1 })
      expect(await partsOf(service, page.sampleId)).toEqual([])
    })
  }

  test('bytes that are not those announced are discarded, and the right ones are then taken', async ({
    service,
    partner,
  }) => {
    const file = await smallExport(2)
    const page = await openedPage(service, partner)
    const wrong = await sendFile(page, { bytes: file.bytes, sha256: 'f'.repeat(64) })

    await expect.poll(async () => (await page.state()).upload).toBeNull()
    expect((await page.state()).state).toBe('opened')
    expect((await partner.sample(page.sampleId)).last_status.status).toBe('consumer awaiting data')
    expect(await storedDigests(service, page.sampleId)).toEqual([])
    expect((await page.head(wrong)).status).toBe(404)

    await sendFile(page, file)
    await untilStatus(partner, page.sampleId, 'succeeded')
    expect(await storedDigests(service, page.sampleId)).toEqual([file.sha256])
  })
})

test.describe('offset', () => {
  test('a PATCH at another offset than the next byte changes nothing', async ({ service, partner }) => {
    const file = await smallExport(3)
    const page = await openedPage(service, partner)
    const path = await beginUpload(page, file)
    expect((await page.patch(path, 0, file.bytes.subarray(0, 500))).status).toBe(204)

    for (const offset of [0, 499, 501, file.bytes.length]) {
      expect((await page.patch(path, offset, file.bytes.subarray(0, 10))).status).toBe(409)
    }
    expect((await page.head(path)).headers['upload-offset']).toBe('500')
    expect((await page.patch(path, 500, file.bytes.subarray(500))).status).toBe(204)
    await untilStatus(partner, page.sampleId, 'succeeded')
    expect(await storedDigests(service, page.sampleId)).toEqual([file.sha256])
  })

  test('what arrived before a connection breaks is kept, and the next one resumes there', async ({
    service,
    partner,
  }) => {
    const file = await smallExport(4, { rows: 20_000, stored: true })
    const page = await openedPage(service, partner)
    const path = await beginUpload(page, file)
    const patch = page.openPatch(path, 0, file.bytes.length)
    await patch.write(file.bytes.subarray(0, 300_000))
    await untilBytesThere(service, path, 0)
    patch.cut()

    const offset = Number((await page.head(path)).headers['upload-offset'])
    expect(offset).toBeGreaterThan(0)
    expect(offset).toBeLessThanOrEqual(300_000)
    expect((await page.state()).upload).toMatchObject({ sha256: file.sha256, size: file.bytes.length })
    expect((await page.patch(path, offset, file.bytes.subarray(offset))).status).toBe(204)
    await untilStatus(partner, page.sampleId, 'succeeded')
    expect(await storedDigests(service, page.sampleId)).toEqual([file.sha256])
  })

  test('a hanging connection does not block the one that resumes', async ({ service, partner }) => {
    const file = await smallExport(5, { rows: 20_000, stored: true })
    const page = await openedPage(service, partner)
    const path = await beginUpload(page, file)
    const hanging = page.openPatch(path, 0, file.bytes.length)
    await hanging.write(file.bytes.subarray(0, 300_000))
    await untilBytesThere(service, path, 0)

    const head = await page.head(path)
    expect(head.status).toBe(200)
    const offset = Number(head.headers['upload-offset'])
    expect((await page.patch(path, offset, file.bytes.subarray(offset))).status).toBe(204)
    hanging.cut()
    await untilStatus(partner, page.sampleId, 'succeeded')
    expect(await storedDigests(service, page.sampleId)).toEqual([file.sha256])
  })
})

test.describe('permissions', () => {
  test('a forged token, a foreign one and an unknown one get the same answer, and none at all another one', async ({
    service,
    partner,
  }) => {
    const page = await openedPage(service, partner)
    const [head, claims] = page.token.split('.')
    const forged = `${head}.${claims}.${'A'.repeat(43)}`
    const unsigned = `${Buffer.from('{"alg":"none","typ":"upload+jwt"}').toString('base64url')}.${claims}.`
    const tokens = [undefined, 'Bearer x', `Bearer ${forged}`, `Bearer ${unsigned}`, `Basic ${page.token}`]
    const ways = [
      ['POST', '/api/upload/open'],
      ['GET', '/api/upload/state'],
      ['POST', '/api/upload/leave'],
      ['POST', '/api/upload/trouble'],
      ['POST', '/api/upload/refused'],
      ['POST', FILES],
      ['HEAD', `${FILES}/${page.sampleId}-${'0'.repeat(32)}`],
      ['PATCH', `${FILES}/${page.sampleId}-${'0'.repeat(32)}`],
      ['DELETE', `${FILES}/${page.sampleId}-${'0'.repeat(32)}`],
    ] as const
    for (const [method, path] of ways) {
      const answers = await Promise.all(
        tokens.map((Authorization) =>
          page.send(method, path, {
            headers: {
              Authorization,
              'Upload-Length': method === 'POST' && path === FILES ? '10' : undefined,
              'Upload-Offset': method === 'PATCH' ? '0' : undefined,
              'Content-Type': method === 'PATCH' ? 'application/offset+octet-stream' : undefined,
            },
          }),
        ),
      )
      const bodies = answers.map(({ body }) => body.replace(/"request_id":"[^"]*"/, ''))
      expect(
        answers.map(({ status }) => status),
        `${method} ${path}`,
      ).toEqual(tokens.map(() => 401))
      // Without a token it is not the link that is wrong: something on the way has removed it.
      const [without, ...bad] = bodies
      expect(new Set(bad).size, `${method} ${path}`).toBe(1)
      if (method === 'HEAD') continue
      expect(bad).not.toContain(without)
      for (const answer of answers) expect(answer.json()).toMatchObject({ reason: 'link_invalid' })
    }
  })

  test('neither another session’s upload nor one that was never created exists', async ({
    service,
    partner,
  }) => {
    const file = await smallExport(6)
    const [mine, other] = [await openedPage(service, partner), await openedPage(service, partner)]
    const path = await beginUpload(other, file)
    const unknown = `${FILES}/${mine.sampleId}-${'a'.repeat(32)}`
    for (const at of [path, unknown, `${FILES}/nothing`]) {
      expect((await mine.head(at)).status).toBe(404)
      expect((await mine.patch(at, 0, file.bytes)).status).toBe(404)
    }
    expect((await mine.send('DELETE', path)).status).toBe(404)
    expect((await other.head(path)).headers['upload-offset']).toBe('0')
  })

  test('a link that was not opened takes no file, and looking at it opens nothing', async ({
    service,
    partner,
  }) => {
    const page = rawPage(service, await partner.mint())
    await sendRequest(service.address, { method: 'GET', path: `/array-data-upload?token=${page.token}` })
    await sendRequest(service.address, { method: 'HEAD', path: `/array-data-upload?token=${page.token}` })
    expect((await page.state()).state).toBe('minted')
    const answer = await page.create({ size: 10, sha256: '0'.repeat(64) })
    expect(answer.status).toBe(409)
    expect(await timelineOf(partner, page.sampleId)).toEqual([{ kind: 'minted', reason: null }])
  })

  test('an upload cannot be downloaded, finished or not', async ({ service, partner }) => {
    const file = await smallExport(7)
    const page = await openedPage(service, partner)
    const path = await beginUpload(page, file)
    await page.patch(path, 0, file.bytes.subarray(0, -1))
    const unfinished = await page.send('GET', path)
    expect([404, 405]).toContain(unfinished.status)
    await page.patch(path, file.bytes.length - 1, file.bytes.subarray(-1))
    const finished = await page.send('GET', path)
    expect([404, 405, 409]).toContain(finished.status)
    for (const { body } of [unfinished, finished]) expect(body).not.toContain('PK')
  })

  test('a method said in a header counts, for networks that know only GET and POST', async ({
    service,
    partner,
  }) => {
    const file = await smallExport(8)
    const page = await openedPage(service, partner)
    const path = await beginUpload(page, file)
    const patched = await page.send('POST', path, {
      headers: {
        'X-HTTP-Method-Override': 'PATCH',
        'Content-Type': 'application/offset+octet-stream',
        'Upload-Offset': '0',
      },
      body: file.bytes,
    })
    expect(patched.status).toBe(204)
    await untilStatus(partner, page.sampleId, 'succeeded')
  })
})

test('a trouble that the page reports is one of those known, and the answer is the state', async ({
  service,
  partner,
}) => {
  const page = await openedPage(service, partner)
  const report = (body: string) =>
    page.send('POST', '/api/upload/trouble', { headers: { 'Content-Type': 'application/json' }, body })
  for (const body of ['{"trouble":"<b>"}', '{}', '{"trouble":null}', 'no']) {
    expect((await report(body)).status, body).toBe(400)
  }
  const answer = await report('{"trouble":"forbidden"}')
  expect(answer.status).toBe(200)
  expect(answer.json()).toMatchObject({ proto: 1, state: 'opened' })
  const interrupted = (await timelineOf(partner, page.sampleId)).filter(({ kind }) => kind === 'interrupted')
  expect(interrupted).toEqual([{ kind: 'interrupted', reason: 'network_error' }])
})

test('a refusal that the page reports is a reason with its own detail, and nothing else is taken', async ({
  service,
  partner,
}) => {
  const page = await openedPage(service, partner)
  const report = (body: string) =>
    page.send('POST', '/api/upload/refused', { headers: { 'Content-Type': 'application/json' }, body })
  const refused = [
    ...['{"reason":"<b>"}', '{}', 'no', '{"reason":"link_expired"}', '{"reason":"network_error"}'],
    ...['{"reason":"not_a_zip","detail":"truncated"}', '{"reason":"not_a_zip","name":"genome.zip"}'],
  ]
  for (const body of refused) expect((await report(body)).status, body).toBe(400)
  const answer = await report('{"reason":"not_a_zip","detail":"gzip"}')
  expect(answer.status).toBe(200)
  expect(answer.json()).toMatchObject({ proto: 1, state: 'opened' })
  const noted = (await timelineOf(partner, page.sampleId)).filter(({ kind }) => kind === 'refused_in_browser')
  expect(noted).toEqual([{ kind: 'refused_in_browser', reason: 'not_a_zip' }])
})

test.describe('what is left behind', () => {
  test('leaving deletes what was sent; the link keeps working and no status changes', async ({
    service,
    partner,
  }) => {
    const file = await smallExport(9)
    const page = await openedPage(service, partner, {
      redirect_on_failure: 'https://partner.example/back?a=b',
    })
    const path = await beginUpload(page, file)
    await page.patch(path, 0, file.bytes.subarray(0, 300))
    expect(await partsOf(service, page.sampleId)).not.toEqual([])

    const left = await page.leave('file_not_ready')
    expect(left.json()).toMatchObject({
      redirect_to: 'https://partner.example/back?a=b&reason=file_not_ready',
    })
    expect(await partsOf(service, page.sampleId)).toEqual([])
    expect((await page.patch(path, 300, file.bytes.subarray(300))).status).toBe(404)
    expect((await partner.sample(page.sampleId)).last_status.status).toBe('consumer awaiting data')

    await sendFile(page, file)
    await untilStatus(partner, page.sampleId, 'succeeded')
    expect((await timelineOf(partner, page.sampleId)).map(({ kind }) => kind)).toEqual([
      'minted',
      'opened',
      'left',
      'received',
    ])
  })

  test('a session that expires leaves nothing of its unfinished file', async ({ service, partner }) => {
    const file = await smallExport(10)
    const page = await openedPage(service, partner)
    await page.patch(await beginUpload(page, file), 0, file.bytes.subarray(0, 300))
    expect(await partsOf(service, page.sampleId)).not.toEqual([])
    await service.advance(901)
    expect(await partsOf(service, page.sampleId)).toEqual([])
  })

  test('a refused file leaves nothing; why is said, and the next file is taken', async ({
    service,
    partner,
  }) => {
    const [bad, good] = [await exportCutOff(11), await smallExport(11)]
    const page = await openedPage(service, partner)
    await sendFile(page, bad)
    await expect
      .poll(async () => (await page.state()).last_rejection)
      .toMatchObject({
        reason: 'file_incomplete',
        detail: 'cut_off_row',
      })
    await expect.poll(() => storedDigests(service, page.sampleId)).toEqual([])
    await expect.poll(() => partsOf(service, page.sampleId)).toEqual([])
    expect((await page.state()).state).toBe('opened')

    await sendFile(page, good)
    await untilStatus(partner, page.sampleId, 'succeeded')
    expect(await storedDigests(service, page.sampleId)).toEqual([good.sha256])
    await expect.poll(() => partsOf(service, page.sampleId)).toEqual([])
  })

  test('unfinished tries do not pile up: only the newest three are kept', async ({ service, partner }) => {
    const page = await openedPage(service, partner)
    const paths: string[] = []
    for (let n = 0; n < 5; n++) paths.push(await beginUpload(page, await smallExport(20 + n)))
    const heads = await Promise.all(paths.map((path) => page.head(path)))
    expect(heads.map(({ status }) => status)).toEqual([404, 404, 200, 200, 200])
  })
})

test.describe('how much', () => {
  test('the twenty-first try of a link is refused', async ({ service, partner }) => {
    const page = await openedPage(service, partner)
    const answers: number[] = []
    for (let n = 0; n < 21; n++) {
      answers.push((await page.create({ size: 10, sha256: '0'.repeat(64) })).status)
    }
    expect(answers).toEqual([...Array(20).fill(201), 429])
  })

  test('the sixty-first request in a minute waits, but bytes never do, nor does another session', {
    tag: '@torture',
  }, async ({ service, partner }) => {
    const file = await smallExport(12)
    const page = await openedPage(service, partner)
    const path = await beginUpload(page, file)
    // Opening and creating were two.
    const answers = await Promise.all(Array.from({ length: 58 }, () => page.send('GET', '/api/upload/state')))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))

    const tooMany = [
      await page.send('GET', '/api/upload/state'),
      await page.create({ size: 10, sha256: '0'.repeat(64) }),
      await page.head(path),
    ]
    for (const answer of tooMany) {
      expect(answer.status).toBe(429)
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
      expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60)
    }
    for (let offset = 0; offset < file.bytes.length; offset += 200) {
      expect((await page.patch(path, offset, file.bytes.subarray(offset, offset + 200))).status).toBe(204)
    }
    await untilStatus(partner, page.sampleId, 'succeeded')
    expect((await (await openedPage(service, partner)).state()).state).toBe('opened')
  })
})
