import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { packZip } from '#lib/genotype/fixtures/pack-zip.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'
import { expect, test } from './fixtures.ts'
import { asFile } from './raw/raw-export.ts'
import { openedPage, sendFile } from './raw/raw-page.ts'
import { filesBelow, untilStatus } from './raw/sample-state.ts'
import { sendRequest } from './raw/send-request.ts'
import { partnerOf } from './service/partner.ts'
import { startService } from './service/start-service.ts'

const NAME = 'genome_Marker_Miriam_Mustermann'
const COMMENT = 'MarkerOfAComment'
const METADATA = 'MarkerOfMetadata'

/** A good export, or one cut off, whose name inside the archive and header could betray a person. */
async function tellingExport({ cutOff }: { cutOff: boolean }) {
  const { text } = synthesizeExport({ vendor: '23andme', rows: 3_000, seed: 1 })
  const [first, ...rest] = Buffer.from(text).toString('latin1').split('\r\n')
  const marked = Buffer.from([first, `# ${COMMENT}`, ...rest].join('\r\n'), 'latin1')
  return asFile(await packZip([{ name: `${NAME}.txt`, bytes: cutOff ? marked.subarray(0, -7) : marked }]))
}

test('after everything a session can go through, no log and no file name contains a person’s data, a token or a key', async () => {
  const service = await startService({ LOG_LEVEL: 'trace' })
  try {
    const partner = await partnerOf(service, { rowsMin: 1_000 })
    const page = await openedPage(service, partner, {
      metadata: { note: METADATA },
      redirect_on_failure: `https://partner.example/?back=${METADATA}`,
    })
    await sendRequest(service.address, { method: 'GET', path: `/array-data-upload?token=${page.token}` })
    await sendRequest(service.address, {
      method: 'GET',
      path: `/api/nothing?token=${page.token}&search=${METADATA}`,
    })
    const named = Buffer.from(`${NAME}.zip`).toString('base64')
    const good = await tellingExport({ cutOff: false })
    await page.create(
      { size: 10, sha256: '' },
      { 'Upload-Metadata': `sha256 ${Buffer.from('a'.repeat(64)).toString('base64')},filename ${named}` },
    )
    await page.send('PATCH', `/api/upload/files/${NAME}`, { headers: { 'Upload-Offset': '0' } })
    await sendFile(page, await tellingExport({ cutOff: true }))
    await expect.poll(async () => (await page.state()).last_rejection?.reason).toBe('file_incomplete')
    await page.leave()
    await sendFile(page, good)
    await untilStatus(partner, page.sampleId, 'succeeded')
    await partner.call('POST', '/api/v2/array-data-upload-form/', {
      metadata: METADATA,
      expires_in: METADATA,
    })
    await partner.call('GET', `/api/v2/samples/${METADATA}`, undefined, {
      Authorization: `Api-Key ${partner.apiKey}x`,
    })
    // An outage makes every part complain, with all it knows.
    const pidFile = path.join(service.dataDir, 'postgres/data/postmaster.pid')
    process.kill(Number((await readFile(pidFile, 'utf8')).split('\n')[0]), 'SIGKILL')
    await Promise.all([
      page.send('GET', '/api/upload/state'),
      partner.call('POST', '/api/v2/array-data-upload-form/', {}),
    ])
    const ready = async () => (await partner.call('GET', '/api/health/ready')).status
    await expect.poll(ready, { timeout: 60_000 }).toBe(200)
    expect(await service.stop()).toBe(0)

    const secrets = {
      'file name': NAME,
      'header comment': COMMENT,
      metadata: METADATA,
      'link token': page.token,
      'signature of the token': page.token.split('.')[2]!,
      'API key': partner.apiKey,
      'secret of the key': partner.apiKey.split('.')[1]!,
    }
    const logs = (await filesBelow(path.join(service.dataDir, 'postgres'))).filter((file) =>
      /\.log$|\/log\//.test(file),
    )
    expect(logs).not.toEqual([])
    const written = [
      service.output(),
      ...(await Promise.all(logs.map((file) => readFile(file, 'utf8')))),
    ].join('\n')
    const all = await filesBelow(service.dataDir)
    for (const [what, secret] of Object.entries(secrets)) {
      expect(written.includes(secret), `${what} in a log`).toBe(false)
      expect(
        all.filter((file) => file.includes(secret)),
        `${what} in a name`,
      ).toEqual([])
    }
    expect(written).not.toContain('rs3094315')

    // The name may be where the file itself is, and in nothing else that we keep beside the database.
    const holding: string[] = []
    for (const file of all) {
      const bytes = await readFile(file)
      if (bytes.includes(NAME) || bytes.includes(named)) holding.push(path.basename(file))
      // Hashed or derived, never as they are: the database included.
      for (const what of ['link token', 'signature of the token', 'API key', 'secret of the key'] as const) {
        expect(bytes.includes(secrets[what]), `${what} in ${path.relative(service.dataDir, file)}`).toBe(
          false,
        )
      }
    }
    for (const name of holding) expect(name).toMatch(/\.zip$/)
    expect(holding).not.toEqual([])
  } finally {
    await service.dispose()
  }
})
