import type { FileHandle } from 'node:fs/promises'

/** Takes the bytes of one file in order. */
export interface ByteSink {
  /** Resolves when the bytes may be overwritten. */
  write(bytes: Uint8Array): Promise<void>
  /** Nothing follows. */
  end(): Promise<void>
}

/** Writes to an open file without changes. The opener closes the file. */
export class FileSink implements ByteSink {
  readonly #file: FileHandle

  constructor(file: FileHandle) {
    this.#file = file
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) at += (await this.#file.write(bytes, at)).bytesWritten
  }

  async end(): Promise<void> {}
}
