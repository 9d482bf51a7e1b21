import type { PartnerClient } from './partner-client.ts'

interface SheetFile {
  upload: string
  destination_path: string
  last_status: { status: string; note: string }
}

/** A row of `GET sample-sheet/`: what belongs to one sample. */
export interface SheetRow {
  client_id: string
  fastq: { r1?: SheetFile; r2?: SheetFile }
}

export const SHEET_STATUSES = ['unassigned', 'assigned', 'all'] as const

/** Rows of FASTQ files whose destination begins with `search`, the newest first. */
export const readSheet = (
  client: PartnerClient,
  {
    search,
    status,
    max,
  }: { search?: string | undefined; status: (typeof SHEET_STATUSES)[number]; max: number },
): Promise<SheetRow[]> =>
  client.list<SheetRow>(
    '/api/v2/sample-sheet/',
    { search, status, sort_by: 'created', sort_order: 'desc' },
    max,
  )

export const uploadsOf = ({ fastq }: SheetRow): string[] =>
  [fastq.r1, fastq.r2].flatMap((file) => file?.upload ?? [])
