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
    summary: 'Count how far upload links come',
    more: 'Links stand on the day on which they were minted, reasons on the day on which something happened; days are UTC. At most 366 of them.',
    query: described(InsightsFilter, {
      project: 'Of this project alone; without it of all that you see.',
      from: 'First day, `YYYY-MM-DD`; 30 days without it.',
      to: 'Last day; today without it.',
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
    summary: 'List what is still to do',
    more: 'Of the whole installation: only for who reaches every project.',
    answer: { status: 200, words: 'Every kind of job.', body: named('Queues', Queues) },
  },
]
