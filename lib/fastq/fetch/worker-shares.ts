import { FETCH_WORKERS, SLOW_TURN_SECONDS, SLOW_WORKERS } from './limits.ts'

/** Whose files a worker fetches, and from where. */
export interface Fetching {
  projectId: string
  hosts: readonly string[]
  /** One of the hosts sends next to nothing. */
  slow: boolean
}

/** The share of one run in the workers of this process. */
export interface Share {
  /** Its source has become slow. Returns false when there is no room for another slow one: give the worker back. */
  becomeSlow(): boolean
  /** Its source sends as it should. */
  becomeFast(): void
  /** Whether a slow one has had its time, and another slow one waits for the place. `lived`: seconds it has fetched. */
  isOver(lived: number): boolean
  end(): void
}

/**
 * Who has how many of this process's FASTQ workers. No host has all of them, as no project has (see the job's policy).
 * Slow sources have at most `SLOW_WORKERS` together, and one of each project: the others are left to sources that send.
 */
export interface Shares {
  hasRoom(fetching: Fetching): boolean
  /** Undefined: there is no room. */
  begin(fetching: Fetching): Share | undefined
}

export function createShares(): Shares {
  const held = new Set<Fetching>()
  let slowOneWaits = false
  const countOthers = (self: Fetching, wanted: (other: Fetching) => boolean) =>
    [...held].filter((other) => other !== self && wanted(other)).length
  const hasSlowRoom = (self: Fetching) => {
    const ofProject = countOthers(self, ({ slow, projectId }) => slow && projectId === self.projectId)
    const room = ofProject === 0 && countOthers(self, ({ slow }) => slow) < SLOW_WORKERS
    slowOneWaits ||= !room
    return room
  }
  const hasRoom = (self: Fetching) =>
    self.hosts.every((host) => countOthers(self, ({ hosts }) => hosts.includes(host)) < FETCH_WORKERS - 1) &&
    (!self.slow || hasSlowRoom(self))

  return {
    hasRoom,
    begin(fetching) {
      if (!hasRoom(fetching)) return undefined
      const own = { ...fetching }
      held.add(own)
      if (own.slow) slowOneWaits = false
      return {
        becomeSlow() {
          if (own.slow || !hasSlowRoom(own)) return own.slow
          own.slow = true
          return true
        },
        becomeFast() {
          own.slow = false
        },
        isOver: (lived) => own.slow && slowOneWaits && lived >= SLOW_TURN_SECONDS,
        end: () => void held.delete(own),
      }
    },
  }
}
