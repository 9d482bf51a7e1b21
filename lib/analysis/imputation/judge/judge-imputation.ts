import type { ProjectSettings } from '#lib/projects/project.ts'
import { judgeRule, type QualityCheck } from '../../judge-quality.ts'
import type { ImputationReport } from '../imputation-report.ts'
import { IMPUTATION_KEYS, IMPUTATION_RULES } from './imputation-rules.ts'

/** Judge an imputation by the project's thresholds: every check of the closed list, in its order. */
export const judgeImputation = (report: ImputationReport, settings: ProjectSettings): QualityCheck[] =>
  IMPUTATION_KEYS.map((key) => judgeRule(key, IMPUTATION_RULES[key], report, settings))
