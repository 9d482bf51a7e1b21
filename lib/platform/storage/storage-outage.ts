/** The store of files does not answer, or lets nobody in, for the moment: another try may succeed. */
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
