import { BUILD_MARKERS } from './build-markers.ts'
import { CHROMOSOME_LENGTHS } from './chromosomes.ts'
import type { RowTally } from './rows/row-tally.ts'
import type { Build } from './verdict.ts'

/** What the positions say about the build. */
export interface BuildVote {
  /** Null when the positions do not decide. */
  build: Build | null
  /** Markers found in the file, and how many of them lie where each build has them. */
  markers: number
  votes: Record<Build, number>
}

const BUILDS: readonly Build[] = [36, 37, 38]
const VOTES_MIN = 3
const VOTES_SHARE_MIN = 0.8

/**
 * Name the build by markers of known position; where too few are in the file, by the one build whose chromosomes are
 * long enough. A header is not asked: files made by tools state builds that their positions contradict.
 */
export function voteBuild({
  markersSeen,
  positionMaxOf,
}: Pick<RowTally, 'markersSeen' | 'positionMaxOf'>): BuildVote {
  const votes: Record<Build, number> = { 36: 0, 37: 0, 38: 0 }
  let markers = 0
  for (const { rs, chromosome, positions } of BUILD_MARKERS) {
    const seen = markersSeen.get(rs)
    if (seen?.chromosome !== chromosome) continue
    markers++
    for (const build of BUILDS) if (seen.position === positions[build]) votes[build]++
  }
  const elected = BUILDS.find((build) => votes[build] >= Math.max(VOTES_MIN, markers * VOTES_SHARE_MIN))
  if (elected) return { build: elected, markers, votes }
  const longEnough = BUILDS.filter((build) =>
    positionMaxOf.every((position, code) => position <= (CHROMOSOME_LENGTHS[build][code] ?? 0)),
  )
  const build = markers < VOTES_MIN && longEnough.length === 1 ? (longEnough[0] ?? null) : null
  return { build, markers, votes }
}
