import { expect, test } from 'vitest'
import { synthesizeExport } from './fixtures/synthesize-export.ts'
import { INFLATED_BYTES_MAX, ROWS_MAX } from './limits.ts'
import { VENDORS } from './vendors.ts'

test.each(VENDORS)(
  'as many rows as are accepted fit the accepted text, in the longest form: %s',
  (vendor) => {
    const rows = 10_000
    const plan = { vendor, rows, seed: 1, lineEnding: '\r\n', extraQuotes: true } as const
    const { text } = synthesizeExport(plan)
    expect((text.length / rows) * ROWS_MAX).toBeLessThan(INFLATED_BYTES_MAX)
  },
)
