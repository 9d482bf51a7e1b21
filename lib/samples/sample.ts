/** Every status of a sample, verbatim as partners see it. */
export const SAMPLE_STATUSES = [
  'consumer awaiting data',
  'consumer session expired',
  'scheduled',
  'running',
  'succeeded',
  'failed qc',
  'failed',
  'canceled',
] as const
export type SampleStatus = (typeof SAMPLE_STATUSES)[number]

/** Which status follows which by itself. A retried job may say the same thing twice. */
const NEXT: Record<SampleStatus, readonly SampleStatus[]> = {
  'consumer awaiting data': ['consumer session expired', 'scheduled', 'canceled'],
  'consumer session expired': [],
  scheduled: ['running', 'failed', 'canceled'],
  running: ['running', 'succeeded', 'failed qc', 'failed', 'canceled'],
  succeeded: [],
  'failed qc': [],
  failed: [],
  canceled: [],
}

/** Something is still waited for: a file, a worker, or the end of the analysis. */
export const isUnderWay = (status: SampleStatus): boolean => NEXT[status].length > 0

/** Whether an analysis ends with this status, well or badly: subscribers hear of it. */
const ANALYSED: Record<SampleStatus, boolean> = {
  'consumer awaiting data': false,
  'consumer session expired': false,
  scheduled: false,
  running: false,
  succeeded: true,
  'failed qc': true,
  failed: true,
  canceled: false,
}

export const isAnalysed = (status: SampleStatus): boolean => ANALYSED[status]

/** Longest reason for which a sample is accepted in spite of its checks. */
export const ACCEPT_REASON_CHARACTERS_MAX = 500

/** What a person may decide about a sample that failed: analyse it again, or accept it in spite of its checks. */
const DECISIONS: Partial<Record<SampleStatus, readonly SampleStatus[]>> = {
  'failed qc': ['scheduled', 'succeeded'],
  failed: ['scheduled'],
}

export const mayDecide = (from: SampleStatus, to: SampleStatus): boolean =>
  DECISIONS[from]?.includes(to) ?? false

/** Statuses from which a person may take a sample to `to`. */
export const statusesToDecide = (to: SampleStatus): SampleStatus[] =>
  SAMPLE_STATUSES.filter((from) => mayDecide(from, to))

export const mayFollow = (from: SampleStatus, to: SampleStatus): boolean => NEXT[from].includes(to)

/** Statuses from which `to` can be reached: what a compare-and-set must find. */
export const statusesBefore = (to: SampleStatus): SampleStatus[] =>
  SAMPLE_STATUSES.filter((from) => mayFollow(from, to))
