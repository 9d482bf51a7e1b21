import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { selectUpload } from './fastq-uploads-table.ts'
import type { RNotation } from './map/destination.ts'
import { openSource } from './seal-source.ts'

/** Where a FASTQ file is fetched from. The URL opens the file: it reaches no log and no note. */
export interface FastqSource {
  url: string
  /** Bytes, as the source answered when the URL came in; null when it did not say. */
  size: number | null
  /** When the URL stops working at the latest; null: it does not say. */
  expiresAt: Date | null
  clientId: string
  rNotation: RNotation
}

/** The source of an upload, for our own jobs: nobody's rights are asked. Throws a `Problem` when it has been deleted. */
export async function sourceOf(
  services: Pick<Services, 'db' | 'secrets'>,
  uploadId: string,
): Promise<FastqSource> {
  const upload = await selectUpload(services.db, uploadId)
  if (!upload) throw new Problem('not_found', 'The upload has been deleted.')
  const { size, expiresAt, clientId, rNotation } = upload
  return { url: await openSource(services, upload), size, expiresAt, clientId, rNotation }
}
