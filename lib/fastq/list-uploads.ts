import { type Caller, demandRight, reachOf } from '#lib/access/caller.ts'
import { findOrganization } from '#lib/projects/find-project.ts'
import type { Services } from '#lib/services.ts'
import { selectUploads } from './fastq-uploads-table.ts'
import { openSource } from './seal-source.ts'
import type { UploadFilter } from './upload-filter.ts'
import { presentUpload, type UploadItem } from './wire.ts'

/** One page of the FASTQ uploads that the caller may see, newest first, and how many there are in all. */
export async function listUploads(
  services: Services,
  caller: Caller,
  filter: UploadFilter,
  page: { limit: number; offset: number },
): Promise<{ count: number; results: UploadItem[] }> {
  const reach = reachOf(demandRight(caller, 'sample_read'))
  const { count, rows } = await selectUploads(services.db, reach, filter, page)
  const { id } = await findOrganization(services)
  const results = rows.map(async (upload) => presentUpload(upload, await openSource(services, upload), id))
  return { count, results: await Promise.all(results) }
}
