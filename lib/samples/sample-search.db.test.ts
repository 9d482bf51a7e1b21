import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { isSoughtAnywhere } from '#lib/wire/search-text.ts'
import { foundBy } from './sample-search-table.ts'

let t: TestServices
beforeAll(async () => {
  t = await testServices()
})
afterAll(() => t.stop())

/** Of what JSON has between its keys and values, of what it escapes, and of its literals. */
const WORDS = [
  'null',
  'true',
  'ull',
  'tube-7',
  'a b',
  '12',
  '-5',
  ' x',
  '"',
  '\\',
  '\n',
  'n1',
  '{',
  '[1',
  ': ',
  ', ',
  'u00',
  '\u0001',
  '%',
  '_',
]
const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }).map((words) => words.join(''))
const { metadata } = fc.letrec<{ metadata: unknown }>((tie) => ({
  metadata: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('metadata'), { maxLength: 3 }),
    fc.dictionary(
      text.filter((key) => key !== '__proto__'),
      tie('metadata'),
      { maxKeys: 3 },
    ),
  ),
}))

/** The keys and values that people see, as texts. */
function textsOf(metadata: unknown): string[] {
  if (metadata === null) return []
  if (Array.isArray(metadata)) return metadata.flatMap(textsOf)
  if (typeof metadata !== 'object') return [String(metadata)]
  return Object.entries(metadata).flatMap(([key, value]) => [key, ...textsOf(value)])
}

test('a search finds what has the text in a key or value of its metadata, and nothing by the JSON between them', async () => {
  const projectId = (await t.aProject()).id
  await fc.assert(
    fc.asyncProperty(
      fc.array(metadata, { minLength: 20, maxLength: 20 }),
      fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat({ max: 8 })), { minLength: 40, maxLength: 40 }),
      async (all, cuts) => {
        const { db } = t.services
        await sql`delete from sample`.execute(db)
        const jsons = all.map((one) => JSON.stringify(one))
        // Their ids and client ids have nothing of the texts.
        await sql`insert into sample (id, project_id, client_id, metadata, status, status_id, status_at, created, modified)
          select ('ffffffff-ffff-ffff-ffff-' || lpad(translate(n::int::bit(5)::text, '01', 'ae'), 12, 'f'))::uuid,
                 ${projectId}::uuid, 'zz', json::jsonb, 'succeeded', gen_random_uuid(), now(), to_timestamp(n), now()
            from unnest(${jsons}::text[]) with ordinality as made (json, n)`.execute(db)
        for (const [of, start, length] of cuts) {
          // With the spaces that the database shows between them.
          const json = jsons[of % jsons.length]!.replaceAll(/[:,]/g, '$& ')
          const from = start % json.length
          const sought = json.slice(from, from + 3 + length).toUpperCase()
          if (!isSoughtAnywhere(sought)) continue
          const { rows } = await sql<{ n: number }>`
            select extract(epoch from created)::int as n from sample where ${foundBy(sought)} order by created`.execute(
            db,
          )
          const found = all.flatMap((one, n) =>
            textsOf(one).some((part) => part.toUpperCase().includes(sought)) ? [n + 1] : [],
          )
          expect([sought, rows.map(({ n }) => n)]).toEqual([sought, found])
        }
      },
    ),
    { numRuns: process.env.ARRAYDROP_TORTURE === '1' ? 500 : 15 },
  )
})
