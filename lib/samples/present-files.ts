import type { Services } from '#lib/services.ts'
import type { Deliverable } from './deliverable.ts'
import { DOWNLOAD_SECONDS, signDownload } from './download-signature.ts'
import type { SampleFile } from './wire.ts'

/**
 * Deliverables as `GET samples/{id}` lists them. Each `download_url` works for an hour without a key; the file's name
 * stands in it twice, because Gencove's CLI takes it from either place.
 */
export async function presentFiles(
  { env, clock, secrets }: Pick<Services, 'env' | 'clock' | 'secrets'>,
  deliverables: Deliverable[],
): Promise<SampleFile[]> {
  if (deliverables.length === 0) return []
  const expires = Math.floor((await clock.now()).getTime() / 1_000) + DOWNLOAD_SECONDS
  return Promise.all(
    deliverables.map(async ({ id, name, size, sha256, fileType }) => {
      const { kid, signature } = await signDownload(secrets, { fileId: id, expires })
      const query = new URLSearchParams({
        expires: String(expires),
        kid,
        signature,
        'response-content-disposition': `attachment; filename=${name}`,
      })
      return {
        id,
        s3_path: '',
        size,
        download_url: `${env.publicUrl}/api/files/${id}/${name}?${query}`,
        file_type: fileType,
        checksum_sha256: sha256,
        shadow_mode: false,
      }
    }),
  )
}
