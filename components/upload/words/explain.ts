import type { Detail } from '#lib/genotype/reason.ts'
import type { RefusalReason } from '../visit/reason-kinds.ts'
import { isOtherSource, OTHER_SOURCES } from './other-sources.ts'
import { fill, type Values } from './phrase.tsx'
import type { Explained, Words } from './words.ts'

/** What happened and what to do, as exactly as the detail allows. A detail from a newer server falls back to the reason. */
export function explain(
  words: Words,
  reason: RefusalReason,
  detail: Detail | null,
  values: Values,
): Explained {
  const byReason = words.reasons[reason] ?? words.reasons.internal_error
  if (detail === null) return filled(byReason, values)
  if (isOtherSource(detail)) {
    // The company is the matter, however the file is packed: another packing of it would not help.
    const { mend } = words.reasons.vendor_unsupported
    return filled({ what: words.otherSource, mend }, { ...values, source: OTHER_SOURCES[detail] })
  }
  return filled({ ...byReason, ...words.recognised[detail] }, values)
}

const filled = ({ what, mend }: Explained, values: Values): Explained => ({
  what: fill(what, values),
  mend: fill(mend, values),
})
