/** Takes the bytes of one file in order. */
export interface ByteSink {
  /** Resolves when the bytes may be overwritten. */
  write(bytes: Uint8Array): Promise<void>
  /** Nothing follows. */
  end(): Promise<void>
}
