import { Insights, InsightsFilter } from '#lib/insights/wire.ts'
import { Queues } from '#lib/list-queues.ts'
import { described, named, type Operation } from '../operation.ts'

export const INSIGHT_OPERATIONS: readonly Operation[] = [
  {
    id: 'getInsights',
    tag: 'Insights',
    method: 'GET',
    path: '/api/v2/insights/',
    right: 'sample_read',
    ours: true,
    summary: 'Count how far upload links get',
    more: 'Links count on the day they were minted, reasons on the day of the event; days are UTC. At most 366 days.',
    query: described(InsightsFilter, {
      project: 'Only this project; by default every project you can see.',
      from: 'First day, `YYYY-MM-DD`; by default 30 days are covered.',
      to: 'Last day; by default today.',
    }),
    answer: { status: 200, words: 'Counts and median times.', body: named('Insights', Insights) },
  },
  {
    id: 'listQueues',
    tag: 'Insights',
    method: 'GET',
    path: '/api/v2/queues/',
    right: 'sample_read',
    ours: true,
    summary: 'List the job queues',
    more: 'Covers the whole installation; needs access to every project.',
    answer: { status: 200, words: 'Every kind of job.', body: named('Queues', Queues) },
  },
]
