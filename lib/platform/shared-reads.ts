import { setImmediate as turn } from 'node:timers/promises'

/** Lets requests that arrive together and ask for the same share one question to the database. */
export interface SharedReads {
  /**
   * What `read` returns. It is called once for all who ask under this name in one turn of the event loop, and after the last of them
   * has asked: nobody is told what was so before they asked. The answer is everyone's, to be read only.
   */
  share<Found>(name: string, read: () => Promise<Found>): Promise<Found>
}

export function createSharedReads(): SharedReads {
  const coming = new Map<string, Promise<unknown>>()
  return {
    share<Found>(name: string, read: () => Promise<Found>) {
      const asked = coming.get(name) as Promise<Found> | undefined
      if (asked) return asked
      const found = turn().then(() => {
        coming.delete(name)
        return read()
      })
      coming.set(name, found)
      return found
    },
  }
}
