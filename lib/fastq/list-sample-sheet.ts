import { type Caller, demandRight, reachOf } from '#lib/access/caller.ts'
import type { Services } from '#lib/services.ts'
import { type Pair, selectPairs } from './fastq-uploads-table.ts'
import { openSource } from './seal-source.ts'
import type { SheetFilter } from './upload-filter.ts'
import { presentPair, type SheetRow } from './wire.ts'

/**
 * One page of the FASTQ uploads that the caller may see, those of one sample together, and how many samples that makes.
 * An R2 without its R1 makes none.
 */
export async function listSampleSheet(
  services: Services,
  caller: Caller,
  filter: SheetFilter,
  page: { limit: number; offset: number },
): Promise<{ count: number; results: SheetRow[] }> {
  const reach = reachOf(demandRight(caller, 'sample_read'))
  const { count, rows } = await selectPairs(services.db, reach, filter, page)
  return { count, results: await Promise.all(rows.map((pair) => present(services, pair))) }
}

async function present(services: Services, pair: Pair): Promise<SheetRow> {
  const r1 = await openSource(services, pair.r1)
  return presentPair(pair, { r1, r2: pair.r2 && (await openSource(services, pair.r2)) })
}
