import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { replaceDeliverables, selectDeliverables } from './deliverables-table.ts'

let t: TestServices
beforeAll(async () => {
  t = await testServices()
})
afterAll(() => t.stop())

const RUN = crypto.randomUUID()

async function aSample() {
  const { sampleId } = await t.aLink()
  await sql`insert into run (id, sample_id, state, input) values (${RUN}, ${sampleId}, 'succeeded', '{}')
    on conflict (id) do update set sample_id = excluded.sample_id`.execute(t.services.db)
  return sampleId
}

/** The forms that keys have: of a run, packed, of the release before, the original, and one that nobody derives. */
const filesOf = (sampleId: string) =>
  [
    ['genotypes-tsv', `samples/${sampleId}/runs/${RUN}/1/${sampleId}_genotypes-tsv.tsv.gz`, 'tsv.gz'],
    ['plink-bim', `samples/${sampleId}/runs/${RUN}/12/${sampleId}_plink-bim.bim.gz`, 'bim'],
    ['qc-json', `samples/${sampleId}/runs/${RUN}/${sampleId}_qc-json.json`, 'json'],
    ['array-zip', `samples/${sampleId}/${sampleId}-${'0'.repeat(32)}/original.zip`, 'zip'],
    ['odd', `elsewhere/${crypto.randomUUID()}/${sampleId}/odd`, 'odd'],
  ].map(([fileType, storageKey, extension], n) => ({
    fileType: fileType!,
    name: `${sampleId}_${fileType}.${extension}`,
    storageKey: storageKey!,
    size: n,
    sha256: String(n).repeat(64),
  }))

const shown = async (sampleId: string) =>
  (await selectDeliverables(t.services.db, sampleId)).map(({ id: _, sampleId: __, ...file }) => file)
const sorted = (files: ReturnType<typeof filesOf>) =>
  files.toSorted((one, other) => (one.fileType < other.fileType ? -1 : 1))

test('files come back under the names, keys and digests they were recorded with, and take less than half of that', async () => {
  const sampleId = await aSample()
  const files = filesOf(sampleId)
  await t.services.db.transaction().execute((tx) => replaceDeliverables(tx, { sampleId, runId: RUN }, files))
  expect(await shown(sampleId)).toEqual(sorted(files))
  const { rows } = await sql<{ bytes: number }>`
    select sum(octet_length(name || storage_key) + octet_length(digest))::int as bytes
      from deliverable_file where sample_id = ${sampleId}`.execute(t.services.db)
  const whole = files.reduce((sum, file) => sum + `${file.name}${file.storageKey}${file.sha256}`.length, 0)
  expect(rows[0]!.bytes).toBeLessThan(whole / 2)
})

test('files are recorded by the release before as by this one, and outlive their run', async () => {
  const sampleId = await aSample()
  const files = filesOf(sampleId)
  await t.services.db
    .insertInto('deliverable')
    .values(
      files.map(({ fileType, storageKey, ...file }) => ({
        ...file,
        sample_id: sampleId,
        run_id: RUN,
        file_type: fileType,
        storage_key: storageKey,
        created: sql<Date>`app_now()`,
      })),
    )
    .execute()
  await t.services.db.deleteFrom('run').where('id', '=', RUN).execute()
  expect(await shown(sampleId)).toEqual(sorted(files))
})

test('a file of the release before, stored whole, is shown as it is', async () => {
  const sampleId = await aSample()
  const [file] = filesOf(sampleId)
  await sql`insert into deliverable_file (sample_id, file_type, name, storage_key, size, sha256)
    values (${sampleId}, ${file!.fileType}, ${file!.name}, ${file!.storageKey}, ${file!.size}, ${file!.sha256})`.execute(
    t.services.db,
  )
  expect(await shown(sampleId)).toEqual([file])
})
