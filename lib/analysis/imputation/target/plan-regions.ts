import { AUTOSOMES } from '#lib/genotype/chromosomes.ts'
import type { InferredSex } from '#lib/genotype/infer-sex.ts'
import type { Build } from '#lib/genotype/verdict.ts'
import { isHaploidInMen, type Region } from '../panel/region.ts'
import type { AlignedRegion } from './align-rows.ts'
import { addCounts, otherStrandShare } from './alignment-counts.ts'

/** Other-strand rows, of those that tell, above which A/T and C/G rows are not believed either. */
const STRAND_SHARE_MAX = 0.005
/** Typed markers below which a region is left out: with one, an engine ends; with a few, it invents a person. */
const REGION_CALLS_MIN = 20
/** The same of all autosomes together, and as a share of the rows that lie where the panel is. */
const CALLS_MIN = 1_000
const OVERLAP_MIN = 0.2

/** Why a region is not imputed. */
export type RegionLeftOut = 'too_few_markers' | 'sex_unknown'

/** Why nothing is imputed. */
export type NothingImputed = 'build_unknown' | 'other_build' | 'low_overlap' | 'too_few_markers'

export interface RegionPlan {
  run: AlignedRegion[]
  leftOut: { key: string; why: RegionLeftOut }[]
  nothing: NothingImputed | null
}

/** Why an export's positions cannot be put against the panel; null when they can. Headers do not count, positions do. */
export function refuseBuild(
  positionBuild: Build | null,
  panelBuild: Build,
): 'build_unknown' | 'other_build' | null {
  if (positionBuild === null) return 'build_unknown'
  return positionBuild === panelBuild ? null : 'other_build'
}

/** Which of the aligned regions go to the engine. A/T and C/G rows leave all of them when the file's strand is in doubt. */
export function planRegions(aligned: AlignedRegion[], sex: InferredSex): RegionPlan {
  const total = addCounts(aligned.map(({ counts }) => counts))
  const doubtful = (otherStrandShare(total) ?? 0) > STRAND_SHARE_MAX
  const regions = doubtful ? aligned.map(withoutPalindromic) : aligned
  const overlap = total.called === 0 ? 0 : total.inPanel / total.called
  const onAutosomes = regions.filter(({ region }) => region.chromosome <= AUTOSOMES)
  const calls = onAutosomes.reduce((sum, { calls: { length } }) => sum + length, 0)
  const plan: RegionPlan = { run: [], leftOut: [], nothing: null }
  if (overlap < OVERLAP_MIN) plan.nothing = 'low_overlap'
  else if (calls < CALLS_MIN) plan.nothing = 'too_few_markers'
  for (const one of regions) {
    const { key } = one.region
    if (needsSex(one.region, sex)) plan.leftOut.push({ key, why: 'sex_unknown' })
    else if (one.calls.length < REGION_CALLS_MIN) plan.leftOut.push({ key, why: 'too_few_markers' })
    else plan.run.push(one)
  }
  return plan
}

/** Whether a region is left out because nobody knows how many copies of it there are. */
export const needsSex = (region: Region, sex: InferredSex): boolean =>
  isHaploidInMen(region) && sex === 'undetermined'

function withoutPalindromic({ region, calls, open, counts }: AlignedRegion): AlignedRegion {
  const tells = ({ palindromic }: { palindromic: boolean }) => !palindromic
  const kept = calls.filter(tells)
  const palindromicLeftOut = calls.length - kept.length
  return {
    region,
    calls: kept,
    open: open.filter(tells),
    counts: { ...counts, kept: kept.length, palindromicLeftOut },
  }
}
