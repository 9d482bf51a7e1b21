import type { DataStore, Locker } from '@tus/server'

/**
 * Unfinished uploads, as the tus server writes them. An id is `<sample id>-<random>`; a part survives `kill -9`,
 * and a power cut may cost its progress but not its integrity (the digest is compared at completion).
 */
export interface PartStore {
  /** What `@tus/server` writes to. */
  readonly tus: DataStore
  /** One writer per part, across processes; also what `withPartLock` uses. */
  readonly locker: Locker
  /** Bytes stored so far; undefined when there is no such part. */
  offset(id: string): Promise<number | undefined>
  /** The bytes of a part, for copying it to its final place. A piece is void once the next one is asked for. */
  read(id: string): Promise<AsyncIterable<Uint8Array>>
  /** Delete a part and what the tus server noted beside it; deleting twice is no error. */
  remove(id: string): Promise<void>
  /** All parts, with the time of their last write, so that abandoned ones can be swept. */
  list(): AsyncIterable<{ id: string; modified: Date }>
  /** Run `use` as the only writer of this part across all processes; a PATCH under way is asked to let go first. */
  withPartLock<T>(id: string, use: () => Promise<T>): Promise<T>
}
