import type { Services } from '#lib/services.ts'
import { estimateFew, foundBy } from './sample-search-table.ts'

/** Samples that a search finds, as a condition on `sample`: the same in the lists of every slice. */
export const samplesFoundBy = (text: string) => foundBy(text)

/**
 * Whether a search finds few of all samples. Those are best read first, and put in order then; what many have is soon
 * found in whatever order.
 */
export const findsFew = ({ db }: Pick<Services, 'db'>, text: string): Promise<boolean> =>
  estimateFew(db, text)
