import { type Caller, demandRight, reachOf } from '#lib/access/caller.ts'
import { Problem } from '#lib/problem.ts'
import { findOrganization } from '#lib/projects/find-project.ts'
import type { Services } from '#lib/services.ts'
import { isUuid } from '#lib/wire/fields.ts'
import { demandPlaceOf, endPage, type Listed, type ListPage } from '#lib/wire/list-page.ts'
import { isMicroseconds } from '#lib/wire/query-place.ts'
import { selectFastqUpload } from './fastq-uploads-table.ts'
import { selectFastqUploads } from './listed-uploads-table.ts'
import { openSource } from './seal-source.ts'
import type { UploadFilter } from './upload-filter.ts'
import { presentUpload, type UploadItem } from './wire.ts'

const SORT = 'created desc'

/** One page of the FASTQ uploads that the caller may see, newest first. Throws 400 for a place of another list. */
export async function listUploads(
  services: Services,
  caller: Caller,
  filter: UploadFilter,
  page: ListPage,
): Promise<Listed<UploadItem>> {
  const reach = reachOf(demandRight(caller, 'sample_read'))
  demandPlaceOf(page, SORT, isMicroseconds)
  const found = await selectFastqUploads(services.db, reach, filter, page)
  const { rows, ...listed } = endPage(found, page, ({ place, id }) => ({ sort: SORT, value: place, id }))
  const { id } = await findOrganization(services)
  const results = rows.map(async (upload) => presentUpload(upload, await openSource(services, upload), id))
  return { ...listed, rows: await Promise.all(results) }
}

/** One FASTQ upload. What the caller may not see does not exist, nor does what was deleted: the same 404. */
export async function showUpload(services: Services, caller: Caller, id: string): Promise<UploadItem> {
  const reach = reachOf(demandRight(caller, 'sample_read'))
  const upload = isUuid(id) ? await selectFastqUpload(services.db, id) : undefined
  const seen = upload && (reach === null || (upload.projectId !== null && reach.includes(upload.projectId)))
  if (!seen) throw new Problem('not_found', 'Not found.')
  const organization = await findOrganization(services)
  return presentUpload(upload, await openSource(services, upload), organization.id)
}
