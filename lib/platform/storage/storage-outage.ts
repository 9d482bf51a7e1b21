/** The file storage temporarily does not respond or denies access: a retry may succeed. */
export class StorageOutage extends Error {
  /** What `isOutage` knows it by. */
  readonly code = 'STORAGE_OUTAGE'

  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'StorageOutage'
  }
}

/** By name, not by `instanceof`: Node's copy of this module and the bundler's live in one process. */
export const isStorageOutage = (thrown: unknown): boolean =>
  thrown instanceof Error && thrown.name === 'StorageOutage'
