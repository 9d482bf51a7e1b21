import { ProjectQuality } from '#lib/insights/project-quality.ts'
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
    more: 'Links count on the day they were minted, reasons on the day of the event; days are UTC. A deleted sample is taken out of days that are past, too. `stops` has each link once that ended without a file, and what stopped it. At most 366 days.',
    query: described(InsightsFilter, {
      project: 'Only this project; by default every project you can see, except test projects.',
      from: 'First day, `YYYY-MM-DD`; by default 30 days are covered.',
      to: 'Last day; by default today.',
    }),
    answer: { status: 200, words: 'Counts and median times.', body: named('Insights', Insights) },
  },
  {
    id: 'getProjectQuality',
    tag: 'Insights',
    method: 'GET',
    path: '/api/v2/project-quality/{project_id}',
    right: 'sample_read',
    ours: true,
    summary: 'Compare the quality of the samples of a project',
    more: 'Covers the latest 5,000 measured array samples that are not hidden; `more` says whether there are older ones. A sample is unusual when it lies far from the median of at least 20 samples of its chip; that changes no status.',
    answer: {
      status: 200,
      words: 'Every sample with its figures, and counts by week.',
      body: named('ProjectQuality', ProjectQuality),
    },
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
