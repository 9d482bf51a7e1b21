import type { Services } from '#lib/services.ts'
import { selectSealedOtherwise, updateSealed } from './fastq-uploads-table.ts'
import { openSource, sealSource } from './seal-source.ts'

const BATCH = 500

/**
 * Seal every source URL anew that an older secret of APP_SECRET seals; how many. Afterwards that one may go from the
 * list. Rejects when one was sealed by a secret that is gone already.
 */
export async function resealSources(services: Pick<Services, 'db' | 'secrets'>): Promise<number> {
  const { kid } = services.secrets.keysFor('encryption')[0]!
  for (let resealed = 0; ; ) {
    const rows = await selectSealedOtherwise(services.db, kid, BATCH)
    if (rows.length === 0) return resealed
    for (const { id, sealed_url } of rows) {
      const url = await openSource(services, { id, sealedUrl: sealed_url })
      await updateSealed(services.db, id, sealed_url, await sealSource(services, id, url))
    }
    resealed += rows.length
  }
}
