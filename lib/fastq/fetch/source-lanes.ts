import type { Run } from '#lib/analysis/run.ts'
import type { Services } from '#lib/services.ts'
import type { FastqSource } from '../seal-source.ts'
import { LANE_FAILURES_MAX, LANE_LOOK_SECONDS } from './limits.ts'
import type { Probes } from './probe-source.ts'
import {
  enterLane,
  type Lane,
  type LaneState,
  markSlow,
  openLane,
  pauseLane,
  restLane,
  selectLane,
} from './source-lanes-table.ts'
import type { Shares } from './worker-shares.ts'

/** What all processes know about the hosts that FASTQ files come from. */
export interface Lanes {
  /**
   * Seconds for which a run must wait for its hosts or for its share of the workers; undefined: it may start. A host that
   * is to be tried is tried meanwhile, and `ready` is called once it responds.
   */
  putOff: (
    run: Pick<Run, 'id' | 'input' | 'projectId' | 'lane' | 'pauseSeconds'>,
    ready: () => Promise<void>,
  ) => Promise<number | undefined>
  /** The host has failed too often: its runs end. */
  isDead: (lane: Lane) => Promise<boolean>
  isSlow: (lane: Lane) => Promise<boolean>
  open: (lane: Lane) => Promise<void>
  /** Returns true once the host has failed too often. */
  pause: (lane: Lane) => Promise<boolean>
  rest: (lane: Lane, seconds: number) => Promise<void>
  turn: (lane: Lane, turn: 'slow' | 'fast') => Promise<void>
}

interface Surroundings extends Pick<Services, 'db'> {
  /** Throws a `Problem` when an upload has been deleted. */
  findSource: (uploadId: string) => Promise<Pick<FastqSource, 'url'>>
  probes: Pick<Probes, 'hasRoom' | 'begin'>
  shares: Pick<Shares, 'hasRoom'>
}

export function lanesOf({ db, findSource, probes, shares }: Surroundings): Lanes {
  const putOff: Lanes['putOff'] = async (run, ready) => {
    const { id: runId, input, projectId, lane: line, pauseSeconds } = run
    if (input.kind !== 'fastq' || projectId === null || line === null) return undefined
    if (pauseSeconds > 0) return pauseSeconds
    const uploads = [input.r1, ...(input.r2 ? [input.r2] : [])]
    // Without its source the run itself says what is missing.
    const sources = await Promise.all(
      uploads.map(({ uploadId }) => findSource(uploadId).catch(() => undefined)),
    )
    const urls = new Map<string, string>()
    for (const source of sources) {
      if (source === undefined) continue
      const { host } = new URL(source.url)
      if (!urls.has(host)) urls.set(host, source.url)
    }
    let slow = false
    for (const [host, url] of urls) {
      const known = await selectLane(db, { projectId, host })
      const seconds = await waitFor({ db, probes }, { projectId, host, known }, url, ready)
      if (seconds !== undefined) return seconds
      slow ||= known?.slow ?? false
    }
    return shares.hasRoom({ runId, projectId, hosts: [...urls.keys()], slow }) ? undefined : LANE_LOOK_SECONDS
  }
  return {
    putOff,
    isDead: async (lane) => isDead(await selectLane(db, lane)),
    isSlow: async (lane) => (await selectLane(db, lane))?.slow ?? false,
    open: (lane) => openLane(db, lane),
    pause: (lane) => pauseLane(db, lane),
    rest: (lane, seconds) => restLane(db, lane, seconds),
    turn: (lane, turn) => markSlow(db, lane, turn === 'slow'),
  }
}

const isDead = (known: LaneState | undefined): boolean =>
  known !== undefined && known.pause !== null && known.failures > LANE_FAILURES_MAX

/** Seconds for which a run must wait for one host; undefined: it responds, or it is dead and its runs end. */
async function waitFor(
  { db, probes }: Pick<Surroundings, 'db' | 'probes'>,
  { known, ...lane }: Lane & { known: LaneState | undefined },
  url: string,
  ready: () => Promise<void>,
): Promise<number | undefined> {
  if (known?.pause === null) return undefined
  const failures = known?.failures ?? 0
  if (known !== undefined && known.pause > 0) {
    if (isDead(known)) return undefined
    return Math.max(1, failures === 0 ? Math.min(known.pause, LANE_LOOK_SECONDS) : known.pause)
  }
  const probe = { ...lane, failures }
  // Another process may have entered it since it was looked at.
  if (probes.hasRoom(probe) && (await enterLane(db, lane))) probes.begin(probe, url, ready)
  return LANE_LOOK_SECONDS
}
