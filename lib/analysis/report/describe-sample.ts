import { countText } from './figures.ts'
import type { QualityDocument } from './quality-document.ts'

/** A fact, and what it rests on. */
type Description = [value: string, more: string]

const CHIP_EVIDENCE: Record<QualityDocument['chip']['evidence'][number], string> = {
  header: 'what the file states',
  chip_only_ids: 'markers of this chip alone',
  row_count: 'the number of rows',
}

export function describeChip({ name, evidence }: QualityDocument['chip']): Description {
  if (name === null) return ['Not known', 'nothing in the file tells it']
  return [name, `by ${evidence.map((kind) => CHIP_EVIDENCE[kind]).join(' and ')}`]
}

export function describeBuild({
  stated,
  by_positions,
  markers,
  votes,
}: QualityDocument['build']): Description {
  const states = stated === null ? 'the file states none' : `the file states ${stated}`
  if (by_positions === null) return [String(stated ?? 'Not known'), `${states}; positions do not decide`]
  const rests = markers > 0 ? `${votes[by_positions]} of ${markers} known markers` : 'lengths of chromosomes'
  return [String(by_positions), `by ${rests}; ${states}`]
}

/** What the chromosomes show, in words that leave gender to the person. */
export function describeSex({ inferred, by_x, by_y }: QualityDocument['sex']): Description {
  if (inferred === 'male') return ['Male', by_y ? 'one X and a Y' : 'one X; no rows on Y']
  if (inferred === 'female') return ['Female', by_y ? 'two X and no Y' : 'two X; no rows on Y']
  const contradict = by_x && by_y && by_x !== by_y && by_x !== 'undetermined' && by_y !== 'undetermined'
  return ['Undetermined', contradict ? 'X and Y contradict each other' : 'the evidence does not decide']
}

const NO_VCF: Record<'other_build' | 'build_unknown' | 'reference_unknown', string> = {
  other_build: 'the reference is of another build',
  build_unknown: 'the build of the file is not known',
  reference_unknown: 'the build of the reference is not known',
}

export function describeVcf(vcf: QualityDocument['vcf']): Description {
  if (!vcf) return ['Not made', 'no reference sequence is configured']
  if (vcf.why_not) return ['Not made', NO_VCF[vcf.why_not]]
  return [countText(vcf.records), `records against build ${vcf.reference_build}`]
}
