import { Problem } from '#lib/problem.ts'
import { openText, sealText } from '#lib/sealing/seal-text.ts'
import type { Services } from '#lib/services.ts'
import { selectFastqUpload, selectUrlsSealedOtherwise, updateSealedUrl } from './fastq-uploads-table.ts'
import type { RNotation } from './map/destination.ts'

const about = (uploadId: string) => `fastq source ${uploadId}`

/** The URL of an upload as it is stored: it opens for this upload alone. */
export const sealSource = (
  { secrets }: Pick<Services, 'secrets'>,
  uploadId: string,
  url: string,
): Promise<string> => sealText(secrets, about(uploadId), url)

/** The URL again. Throws for an upload that is deleted. */
export function openSource(
  { secrets }: Pick<Services, 'secrets'>,
  { id, sealedUrl }: { id: string; sealedUrl: string | null },
): Promise<string> {
  if (sealedUrl === null) throw new Error('The URL of a deleted upload is gone')
  return openText(secrets, about(id), sealedUrl)
}

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

/** The source of an upload, for our own jobs: rights are not checked. Throws a `Problem` when it has been deleted. */
export async function sourceOf(
  services: Pick<Services, 'db' | 'secrets'>,
  uploadId: string,
): Promise<FastqSource> {
  const upload = await selectFastqUpload(services.db, uploadId)
  if (!upload) throw new Problem('not_found', 'The upload has been deleted.')
  const { size, expiresAt, clientId, rNotation } = upload
  return { url: await openSource(services, upload), size, expiresAt, clientId, rNotation }
}

const BATCH = 500

/**
 * Reseal every source URL that an older secret of APP_SECRET seals; returns how many. That secret may then be removed
 * from the list. Rejects when a URL was sealed by a secret that is gone already.
 */
export async function resealSources(services: Pick<Services, 'db' | 'secrets'>): Promise<number> {
  const { kid } = services.secrets.keysFor('encryption')[0]!
  for (let resealed = 0; ; ) {
    const rows = await selectUrlsSealedOtherwise(services.db, kid, BATCH)
    if (rows.length === 0) return resealed
    for (const { id, sealed_url } of rows) {
      const url = await openSource(services, { id, sealedUrl: sealed_url })
      await updateSealedUrl(services.db, id, sealed_url, await sealSource(services, id, url))
    }
    resealed += rows.length
  }
}
