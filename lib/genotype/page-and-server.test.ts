import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createExportReader } from './export-reader.ts'
import { CHIP_PLANS } from './fixtures/chip-plans.ts'
import { DAMAGES, type DamageName, damageExport } from './fixtures/damage-export.ts'
import { HEADER_ERAS } from './fixtures/export-headers.ts'
import type { ExportPlan } from './fixtures/export-plan.ts'
import { synthesizeExport } from './fixtures/synthesize-export.ts'
import { SNIFF_TEXT_BYTES_MAX } from './limits.ts'
import { sniffText } from './sniff-text.ts'

/** The page looks at the head of the text, the server at all of it. */
function judgeTwice(text: Uint8Array, rowsMin: number) {
  const page = sniffText(text.subarray(0, SNIFF_TEXT_BYTES_MAX), {
    whole: text.length <= SNIFF_TEXT_BYTES_MAX,
  })
  const reader = createExportReader({ rowsMin })
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
