import type { Caller } from '#lib/access/caller.ts'
import { findVisibleProject } from '#lib/projects/find-project.ts'
import type { Services } from '#lib/services.ts'
import type { SampleStatus } from './sample.ts'
import type { SampleConditions } from './sample-filter.ts'
import { selectFailedChecks, selectFileBytes, selectStatusCounts } from './stats-table.ts'
import type { ProjectStats } from './wire.ts'

/** Samples of a project that the filter finds, counted. Throws 404 for a project that the caller may not see. */
export async function countProject(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  projectId: string,
  filter: SampleConditions,
): Promise<ProjectStats> {
  const { id } = await findVisibleProject({ db }, caller, projectId)
  const [byStatus, bytes, failedChecks] = await Promise.all([
    selectStatusCounts(db, id, filter),
    selectFileBytes(db, id, filter),
    selectFailedChecks(db, id, filter),
  ])
  const of = (status: SampleStatus) => byStatus.get(status) ?? 0
  const failed = [...byStatus].filter(([status]) => status === 'failed' || status === 'failed qc')
  return {
    counts: {
      total_samples: sum([...byStatus.values()]),
      running_samples: of('running'),
      scheduled_samples: of('scheduled'),
      succeeded_samples: of('succeeded'),
      failed_samples: sum(failed.map(([, count]) => count)),
      kit_processing_samples: 0,
    },
    total_size: bytes,
    failed_counts: Object.fromEntries(failed),
    failed_qc_counts: Object.fromEntries(failedChecks),
  }
}

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0)
