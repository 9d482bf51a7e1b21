import { generateX25519Identity } from 'age-encryption'
import type { FileKeys } from '#lib/platform/storage/blobs/encrypted-blob-store.ts'

/** File keys in memory, for tests without a database. */
export function memoryFileKeys(): FileKeys {
  const keys = new Map<string, string>()
  return {
    find: async (owner) => keys.get(owner),
    async findOrMake(owner) {
      if (!keys.has(owner)) keys.set(owner, await generateX25519Identity())
      return keys.get(owner)!
    },
    async destroy(owner) {
      keys.delete(owner)
    },
  }
}
