import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { packZip } from '#lib/genotype/fixtures/pack-zip.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'
import { createThreads, type ThreadOutcome, type Threads } from '#lib/platform/threads.ts'
import { isCheckInterrupted } from './check-interrupted.ts'
import { createArchiveCheck } from './create-archive-check.ts'

const options = { policy: 'strict', rowsMin: 1_000 } as const
const folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-check-'))
afterAll(() => rm(folder, { recursive: true }))

/** Threads that all end in the same way. */
const ending = (outcome: ThreadOutcome): Threads => ({ run: async () => outcome })

test('an archive is judged in a real thread, and its numbers come back', async () => {
  const exported = synthesizeExport({ vendor: 'ancestrydna', rows: 4_000, seed: 2 })
  const file = path.join(folder, 'export.zip')
  await writeFile(file, await packZip([{ name: exported.innerName, bytes: exported.text }]))
  const check = createArchiveCheck(createThreads({ threadsMax: 1 }))
  expect(await check(file, options)).toMatchObject({
    ok: true,
    accepted: { vendor: 'ancestrydna', summary: { rows: exported.truth.rows } },
  })
})

test('a file that cannot be read rejects, so that the job is tried again', async () => {
  const check = createArchiveCheck(createThreads({ threadsMax: 1 }))
  await expect(check(path.join(folder, 'none'), options)).rejects.toThrow('ENOENT')
})

test('a check that uses too much processor time is a verdict', async () => {
  const verdict = await createArchiveCheck(ending({ end: 'cpu_time_used' }))('', options)
  expect(verdict).toEqual({ ok: false, faults: [{ reason: 'zip_unsafe', detail: 'check_timeout' }] })
})

test.each(['timeout', 'out_of_memory'] as const)(
  'a check that ended by %s says nothing about the file',
  async (end) => {
    await expect(createArchiveCheck(ending({ end }))('', options)).rejects.toSatisfy(isCheckInterrupted)
  },
)
