import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { queueRun } from '#lib/analysis/queue-run.ts'
import type { FastqInput } from '#lib/analysis/run.ts'
import type { Services } from '#lib/services.ts'

/** A scheduled sample of a project whose run waits for FASTQ files, in line at `lane` where it is given. */
export async function aFastqRun(
  { db, queue }: Pick<Services, 'db' | 'queue'>,
  { projectId, ...files }: { projectId: string; lane?: string } & Pick<FastqInput, 'r1' | 'r2'>,
): Promise<{ runId: string; sampleId: string }> {
  const { id: sampleId } = await db
    .insertInto('sample')
    .values({
      project_id: projectId,
      client_id: 'client',
      status: 'scheduled',
      status_id: randomUUID(),
      status_at: sql<Date>`app_now()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { lane, r1, r2 } = files
  const waiting = {
    sampleId,
    ...(lane === undefined ? {} : { lane }),
    input: { kind: 'fastq', r1, r2 },
  } as const
  return { sampleId, runId: await db.transaction().execute((tx) => queueRun({ queue }, tx, waiting)) }
}
