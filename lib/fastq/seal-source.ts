import { openText, sealText } from '#lib/sealing/seal-text.ts'
import type { Services } from '#lib/services.ts'

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
