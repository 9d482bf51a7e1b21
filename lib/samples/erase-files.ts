import type { Services } from '#lib/services.ts'
import { deleteFileErasures, selectFileErasures } from './retention-table.ts'

const BATCH = 200

/** Remove the bytes of files that were given up. Safe after a crash at any point; part of the sweeper. */
export async function eraseFiles({ db, storage }: Pick<Services, 'db' | 'storage'>): Promise<void> {
  for (;;) {
    const keys = await selectFileErasures(db, BATCH)
    if (keys.length === 0) return
    for (const key of keys) await storage.remove(key)
    await deleteFileErasures(db, keys)
  }
}
