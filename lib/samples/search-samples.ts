import type { Services } from '#lib/services.ts'
import { fewFoundBy, foundBy } from './sample-search-table.ts'

/** Samples that a search finds, as a condition on `sample`: the same in the lists of every slice. */
export const samplesFoundBy = (text: string) => foundBy(text)

/**
 * The same as rows to select from, where a search finds few of all samples: those are best read first, and put in order
 * then. Null where it finds many, which are soon found in whatever order.
 */
export const fewSamplesFoundBy = ({ db }: Pick<Services, 'db'>, text: string) => fewFoundBy(db, text)
