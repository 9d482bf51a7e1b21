/** The store of files does not answer, or lets nobody in, for the moment: another try may succeed. */
export class StorageOutage extends Error {
  /** What `isOutage` knows it by. */
  readonly code = 'STORAGE_OUTAGE'

  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'StorageOutage'
  }
}
