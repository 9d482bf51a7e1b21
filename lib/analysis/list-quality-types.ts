import { IMPORT_ONLY, isImputation } from '#lib/projects/pipeline-capability.ts'
import type { Project } from '#lib/projects/project.ts'
import { IMPUTATION_KEYS } from './imputation/judge/imputation-rules.ts'
import { FASTQ_FORMAT, FORMAT, presentQualityType, type QualityControlType } from './present-quality.ts'
import { QUALITY_KEYS } from './quality-rules.ts'

/**
 * The checks of our own that samples of this project go through, in their order. What an operator's command checks
 * besides is known only from its results.
 */
export function listQualityTypes({
  pipelineCapabilities,
}: Pick<Project, 'pipelineCapabilities'>): QualityControlType[] {
  if (pipelineCapabilities === IMPORT_ONLY.id) return [FASTQ_FORMAT.quality_control_type]
  const keys = isImputation(pipelineCapabilities) ? [...QUALITY_KEYS, ...IMPUTATION_KEYS] : QUALITY_KEYS
  return [FORMAT.quality_control_type, ...keys.map((key) => presentQualityType(key))]
}
