import { type Caller, demandRight, reachOf } from '#lib/access/caller.ts'
import type { Services } from '#lib/services.ts'
import { demandPlaceOf, endPage, type Listed, type ListPage } from '#lib/wire/list-page.ts'
import { isMicroseconds } from '#lib/wire/query-place.ts'
import { type Pair, selectPairs } from './listed-uploads-table.ts'
import { openSource } from './seal-source.ts'
import type { SheetFilter } from './upload-filter.ts'
import { presentPair, type SheetRow } from './wire.ts'

/**
 * One page of the FASTQ uploads that the caller may see, those of one sample together, and how many samples that makes.
 * An R2 without its R1 makes none. Throws 400 for a place of another list or order.
 */
export async function listSampleSheet(
  services: Services,
  caller: Caller,
  filter: SheetFilter,
  page: ListPage,
): Promise<Listed<SheetRow>> {
  const reach = reachOf(demandRight(caller, 'sample_read'))
  const sort = `${filter.sort_by} ${filter.sort_order}`
  demandPlaceOf(page, sort, (value) => filter.sort_by === 'client_id' || isMicroseconds(value))
  const found = await selectPairs(services.db, reach, filter, page)
  const { rows, ...listed } = endPage(found, page, ({ place, r1 }) => ({ sort, value: place, id: r1.id }))
  return { ...listed, rows: await Promise.all(rows.map((pair) => present(services, pair))) }
}

async function present(services: Services, pair: Pair): Promise<SheetRow> {
  const r1 = await openSource(services, pair.r1)
  return presentPair(pair, { r1, r2: pair.r2 && (await openSource(services, pair.r2)) })
}
