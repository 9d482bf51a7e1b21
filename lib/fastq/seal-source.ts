import { openText, sealText } from '#lib/projects/seal-text.ts'
import type { Services } from '#lib/services.ts'

const about = (uploadId: string) => `fastq source ${uploadId}`

/** The URL of an upload as it is stored: it opens for this upload alone. */
export const sealSource = (
  { secrets }: Pick<Services, 'secrets'>,
  uploadId: string,
  url: string,
): Promise<string> => sealText(secrets, about(uploadId), url)

export const openSource = (
  { secrets }: Pick<Services, 'secrets'>,
  { id, sealedUrl }: { id: string; sealedUrl: string },
): Promise<string> => openText(secrets, about(id), sealedUrl)
