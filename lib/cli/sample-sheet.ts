import type { SHEET_STATUSES } from '#lib/fastq/upload-filter.ts'
import type { SheetRow } from '#lib/fastq/wire.ts'
import type { PartnerClient } from './partner-client.ts'

interface Asked {
  /** Start of the destination. */
  search?: string | undefined
  status: (typeof SHEET_STATUSES)[number]
  max: number
}

/** FASTQ uploads grouped by sample, newest first. */
export const readSheet = (client: PartnerClient, { search, status, max }: Asked): Promise<SheetRow[]> =>
  client.list<SheetRow>(
    '/api/v2/sample-sheet/',
    { search, status, sort_by: 'created', sort_order: 'desc' },
    max,
  )

export const uploadsOf = ({ fastq: { r1, r2 } }: SheetRow): string[] => [
  r1.upload,
  ...(r2 ? [r2.upload] : []),
]
