import type { Insights } from '#lib/insights/wire.ts'
import type { Query } from '../api/api.ts'
import type { AddressQuery, Scope } from '../frame/addresses.ts'

/** During an update, the answer of a replica of an earlier version lacks these. */
type Later = 'waiting' | 'stops' | 'imputation'
export type ShownInsights = Omit<Insights, Later> & Partial<Pick<Insights, Later>>

export const PERIODS = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
] as const

export type Period = (typeof PERIODS)[number]['value']

export const PERIOD_DEFAULT: Period = '30'
const DAY_MS = 86_400_000

export const readPeriod = ({ get }: AddressQuery): Period =>
  PERIODS.find(({ value }) => value === get('days'))?.value ?? PERIOD_DEFAULT

/** What the page asks the API for: whole days in UTC, today included. */
export const askForInsights = (period: Period, { projectId }: Scope): Query => ({
  project: projectId,
  from: new Date(Date.now() - (Number(period) - 1) * DAY_MS).toISOString().slice(0, 10),
})
