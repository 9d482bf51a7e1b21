import { createHash, randomBytes } from 'node:crypto'
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditLink } from '../audit-table.ts'
import { auditText } from '../audit-text.ts'
import type { ChainPlace } from '../follow-chain.ts'
import { ARCHIVE_FORMAT } from './archive-lines.ts'
import { followArchive } from './follow-archive.ts'
import { nameArchive, writeArchive } from './write-archive.ts'

/** More than any buffer between the file and its reader takes. */
const ENTRIES = 2_000
const AFTER: ChainPlace = { seq: 7, hash: 'ab'.repeat(32) }
const EXPECTED = { installation: 'i', month: '2025-12', after: AFTER }

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-archive-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** An archive of this many entries after `AFTER`, the first of which may be another than was hashed. */
async function anArchive(change: Partial<AuditLink> = {}): Promise<string> {
  const links = async function* (): AsyncGenerator<AuditLink> {
    let { hash } = AFTER
    for (let seq = AFTER.seq + 1; seq <= AFTER.seq + ENTRIES; seq++) {
      const fact = {
        seq,
        at: 1_764_547_200_000_000n + BigInt(seq),
        actorKind: 'system',
        actorId: null,
        action: 'sample.delete',
        projectId: null,
        targets: [crypto.randomUUID(), crypto.randomUUID()],
        requestId: null,
        address: '2001:db8::1',
        hash: Buffer.alloc(32),
      }
      const link = {
        ...fact,
        hash: createHash('sha256').update(hash, 'hex').update(auditText(fact)).digest(),
      }
      yield seq === AFTER.seq + 1 ? { ...link, ...change } : link
      hash = link.hash.toString('hex')
    }
  }
  const file = path.join(folder, `${crypto.randomUUID()}.jsonl.gz`)
  const head = { format: ARCHIVE_FORMAT, ...EXPECTED } as const
  await nameArchive(await writeArchive(file, head, links()), file)
  return file
}

test('A long archive is followed to its end with the digest of the whole file, so nothing can be appended to it', async () => {
  const file = await anArchive()
  const written = await readFile(file)
  expect(await followArchive(file, EXPECTED)).toEqual({
    end: { seq: AFTER.seq + ENTRIES, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    sha256: createHash('sha256').update(written).digest('hex'),
    fault: null,
  })
  await appendFile(file, randomBytes(1_000_000))
  expect(await followArchive(file, EXPECTED)).toMatchObject({ sha256: '', fault: expect.any(String) })
})

test('A long archive of another place in the chain is called that, and leaves nothing open', async () => {
  const after = { ...AFTER, hash: 'cd'.repeat(32) }
  expect(await followArchive(await anArchive(), { ...EXPECTED, after })).toEqual({
    end: after,
    sha256: '',
    fault: 'it does not follow the entry before it',
  })
})

test('Of a long archive that was changed at its start, the first entry that does not follow is named', async () => {
  const file = await anArchive({ action: 'sample.cancel' })
  const { end, fault } = await followArchive(file, EXPECTED)
  expect([end, fault]).toEqual([
    AFTER,
    'entry 8 is missing, was changed, or does not follow from the one before',
  ])
})
