import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OnRow } from './body-reader.ts'
import { createExportReader } from './export-reader.ts'
import { CHIP_PLANS } from './fixtures/chip-plans.ts'
import { DAMAGES, type DamageName, damageExport } from './fixtures/damage-export.ts'
import { HEADER_ERAS } from './fixtures/export-headers.ts'
import type { ExportPlan } from './fixtures/export-plan.ts'
import { synthesizeExport } from './fixtures/synthesize-export.ts'
import { SNIFF_TEXT_BYTES_MAX } from './limits.ts'
import { sniffText } from './sniff-text.ts'

/** The page looks at the head of the text, the server at all of it. */
function judgeTwice(text: Uint8Array, rowsMin: number, onRow?: OnRow) {
  const page = sniffText(text.subarray(0, SNIFF_TEXT_BYTES_MAX), {
    whole: text.length <= SNIFF_TEXT_BYTES_MAX,
  })
  const reader = createExportReader({ rowsMin, ...(onRow && { onRow }) })
  reader.push(text)
  return { page, server: reader.end() }
}

const kinds = CHIP_PLANS.flatMap(({ vendor, chip }) =>
  HEADER_ERAS[vendor].map((header) => ({ vendor, chip, header })),
)
const plans: fc.Arbitrary<ExportPlan> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    rows: fc.integer({ min: 1_200, max: 6_000 }),
    seed: fc.integer({ min: 1, max: 10_000 }),
    sex: fc.constantFrom('male' as const, 'female' as const),
    callRate: fc.double({ min: 0.7, max: 1, noNaN: true }),
    build: fc.constantFrom(36 as const, 37 as const),
    lineEnding: fc.constantFrom('\n' as const, '\r\n' as const),
    finalNewline: fc.boolean(),
    singleDash: fc.boolean(),
    unknownIds: fc.constantFrom(0, 0.0005, 0.002, 0.05, 0.11, 0.5, 1),
  })
  .map(({ kind, ...rest }) => ({ ...kind, ...rest }))

/** Any id that is no comment and holds none of the bytes that end fields and lines. */
const strangeIds = fc
  .oneof(
    fc.constantFrom('', 'rs1;rs77', 'rs1,rs77', 'rs 5', ' ', '.', 'é', `chr1:1234567:${'ACGT'.repeat(16)}:A`),
    fc.string({ unit: 'binary', maxLength: 90 }),
    fc.integer({ min: 64, max: 3_900 }).map((length) => 'x'.repeat(length)),
  )
  .filter((id) => !/^#|[\0\t\n\r"]|^(rs|i|VGXS)\d+$/.test(id))

/** A genuine export of which some rows, the first among them, have another id. */
function exportWithIds(plan: ExportPlan, ids: readonly string[]) {
  const { text, truth } = synthesizeExport({ ...plan, unknownIds: 0 })
  const lines = new TextDecoder().decode(text).split('\n')
  for (const [n, id] of ids.entries()) {
    const row = truth.headerLines + Math.floor((n * truth.rows) / ids.length)
    lines[row] = lines[row]!.replace(/(?:rs|i|VGXS)\d+/, () => id)
  }
  return { text: new TextEncoder().encode(lines.join('\n')), truth }
}

describe('page and server say the same of one file', () => {
  test('every genuine export is accepted by both, whatever the form of its ids', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { text, truth } = synthesizeExport(plan)
        const { page, server } = judgeTwice(text, plan.rows)
        if (!page.ok || !server.ok) throw new Error(JSON.stringify({ page, server }))
        const { summary, ...named } = server.accepted
        expect(named).toEqual(page.accepted)
        expect(summary.rows).toBe(truth.rows)
        expect(summary.drift.unknownIds).toBe(truth.unknownIds)
      }),
      { numRuns: 60 },
    )
  })

  test('an id of any form is accepted by both, counted, and handed on so that no file breaks', () => {
    fc.assert(
      fc.property(
        plans,
        fc.array(strangeIds, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        (plan, ids, twice) => {
          const extraQuotes = plan.vendor === 'myheritage' && twice
          const { text, truth } = exportWithIds({ ...plan, extraQuotes }, ids)
          const handedOn = new Set<string>()
          const { page, server } = judgeTwice(text, plan.rows, (_c, _p, _a, _b, bytes, start, end) => {
            handedOn.add(new TextDecoder().decode(bytes.subarray(start, end)))
          })
          if (!page.ok || !server.ok) throw new Error(JSON.stringify({ page, server }))
          expect(server.accepted.summary.rows).toBe(truth.rows)
          expect(server.accepted.summary.drift.unknownIds).toBe(ids.length)
          expect([...handedOn].filter((id) => !/^[!-~]{1,64}$/.test(id) || /["',;]/.test(id))).toEqual([])
        },
      ),
      { numRuns: 40 },
    )
  })

  test('what the page refuses, the server refuses for the same reason', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(DAMAGES) as DamageName[])),
        fc.integer({ min: 3_000, max: 6_000 }),
        fc.integer({ min: 1, max: 10_000 }),
        (name, rows, seed) => {
          const { page, server } = judgeTwice(damageExport(name, { rows, seed }), rows * 0.8)
          // Those behind the head are seen by the page too, when the file is short.
          if (DAMAGES[name].seenInHead) expect(page.ok).toBe(false)
          expect(server.ok).toBe(false)
          if (page.ok || server.ok) return
          const [{ reason, detail }] = page.faults
          expect(server.faults[0]).toMatchObject({ reason, detail })
        },
      ),
      { numRuns: 80 },
    )
  })
})
