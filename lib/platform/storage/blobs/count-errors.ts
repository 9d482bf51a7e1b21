import type { Telemetry } from '../../telemetry/telemetry.ts'
import { type BlobStore, isBlobNotFound } from './blob-store.ts'

/** The same store; what it fails at is counted. Asking for what is not there is no failure of it. */
export function countErrors(store: BlobStore, { count }: Pick<Telemetry, 'count'>): BlobStore {
  const failed = (operation: string, error: unknown): never => {
    const asked = isBlobNotFound(error) || error instanceof RangeError || error instanceof TypeError
    if (!asked) count('arraydrop.storage.errors', { operation })
    throw error
  }
  return {
    put: (key, chunks) => store.put(key, chunks).catch((error) => failed('write', error)),
    read: (key, range) => store.read(key, range).catch((error) => failed('read', error)),
    async withLocalFile(key, use) {
      let used = false
      const counted = (path: string) => {
        used = true
        return use(path)
      }
      // What goes wrong with the file in hand is the user's affair.
      return store
        .withLocalFile(key, counted)
        .catch((error) => (used ? rethrow(error) : failed('read', error)))
    },
    remove: (key) => store.remove(key).catch((error) => failed('remove', error)),
    async *list(prefix) {
      try {
        yield* store.list(prefix)
      } catch (error) {
        failed('list', error)
      }
    },
    check: () => store.check().catch((error) => failed('check', error)),
  }
}

function rethrow(error: unknown): never {
  throw error
}
