import type { Services } from '#lib/services.ts'
import type { ListPage } from '#lib/wire/list-page.ts'
import { type LookUp, type SampleQuestion, selectPlaced } from './sample-lists-table.ts'
import { fewFoundBy, foundBy } from './sample-search-table.ts'

/** Samples that a search finds, as a condition on `sample`: the same in the lists of every slice. */
export const samplesFoundBy = (text: string) => foundBy(text)

/**
 * The same as rows to select from, where a search finds few of all samples: those are best read first, and put in order
 * then. Null where it finds many, which are soon found in whatever order.
 */
export const fewSamplesFoundBy = ({ db }: Pick<Services, 'db'>, text: string, most: number) =>
  fewFoundBy(db, text, most)

/**
 * One page of samples, as ids in order, and how many there are, counted among `countMax` at least. Costs the same
 * however many samples there are, except at an offset.
 */
export const placeSamples = (
  { db }: Pick<Services, 'db'>,
  question: SampleQuestion,
  page: ListPage,
  countMax: number,
) => selectPlaced(db, question, page, countMax)

export type { LookUp, SampleQuestion }
