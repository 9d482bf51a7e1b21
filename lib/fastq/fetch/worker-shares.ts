import { FETCH_WORKERS, SLOW_TURN_SECONDS, SLOW_WORKERS } from './limits.ts'

/** Whose files a worker fetches, and from where. */
export interface Fetching {
  runId: string
  projectId: string
  hosts: readonly string[]
  /** One of the hosts has sent next to nothing lately, to this run or another. */
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
 * Slow runs have at most `SLOW_WORKERS` together, and one of each project. One more worker is for trials: runs that were not
 * slow themselves, of a host that was, begin one at a time until they prove to be one or the other. So at least
 * one worker is left to sources that send.
 */
export interface Shares {
  hasRoom(fetching: Fetching): boolean
  /** Undefined: there is no room. */
  begin(fetching: Fetching): Share | undefined
}

interface Held extends Omit<Fetching, 'slow'> {
  pace: 'fast' | 'slow' | 'on trial'
}

/** Runs that are remembered as slow; what is forgotten is tried once more. */
const SLOW_RUNS_MAX = 10_000

export function createShares(): Shares {
  const held = new Set<Held>()
  const slowRuns = new Set<string>()
  let slowOneWaits = false
  const countOthers = (self: object, wanted: (other: Held) => boolean) =>
    [...held].filter((other) => other !== self && wanted(other)).length
  const hasSlowRoom = (self: Pick<Held, 'projectId'>) => {
    const isSlow = ({ pace }: Held) => pace === 'slow'
    const ofProject = countOthers(self, (other) => isSlow(other) && other.projectId === self.projectId)
    const room = ofProject === 0 && countOthers(self, isSlow) < SLOW_WORKERS
    slowOneWaits ||= !room
    return room
  }
  /** How a run would begin; undefined: not now. */
  const paceOf = (fetching: Fetching): Held['pace'] | undefined => {
    const { runId, hosts, slow } = fetching
    const isFull = (host: string) =>
      countOthers(fetching, (other) => other.hosts.includes(host)) >= FETCH_WORKERS - 1
    if (hosts.some(isFull)) return undefined
    const wasSlow = slowRuns.has(runId)
    if (!slow && !wasSlow) return 'fast'
    if (hasSlowRoom(fetching)) return 'slow'
    const isTried = countOthers(fetching, ({ pace }) => pace === 'on trial') > 0
    return wasSlow || isTried ? undefined : 'on trial'
  }

  return {
    hasRoom: (fetching) => paceOf(fetching) !== undefined,
    begin({ runId, projectId, hosts, slow }) {
      const pace = paceOf({ runId, projectId, hosts, slow })
      if (pace === undefined) return undefined
      const own: Held = { runId, projectId, hosts, pace }
      held.add(own)
      if (pace === 'slow') slowOneWaits = false
      return {
        becomeSlow() {
          slowRuns.add(runId)
          if (slowRuns.size > SLOW_RUNS_MAX) slowRuns.delete(slowRuns.values().next().value!)
          if (own.pace === 'slow') return true
          if (!hasSlowRoom(own)) return false
          own.pace = 'slow'
          return true
        },
        becomeFast() {
          slowRuns.delete(runId)
          own.pace = 'fast'
        },
        isOver: (lived) => own.pace === 'slow' && slowOneWaits && lived >= SLOW_TURN_SECONDS,
        end: () => void held.delete(own),
      }
    },
  }
}
