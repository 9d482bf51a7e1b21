import { IMPUTATION_RULES } from './imputation/judge/imputation-rules.ts'
import type { QualityRule } from './quality-rule.ts'
import { QUALITY_RULES } from './quality-rules.ts'

/** What every check of ours is called, whatever it is measured on. */
type DescribedRule = Pick<QualityRule<never>, 'name' | 'description' | 'bound'>

const RULES: Record<string, DescribedRule> = { ...QUALITY_RULES, ...IMPUTATION_RULES }

/** Our own check of this key; undefined for those of an operator's command. */
export const findQualityRule = (key: string): DescribedRule | undefined =>
  Object.hasOwn(RULES, key) ? RULES[key] : undefined

/** The name of a check; that of an operator's command is its key. */
export const nameQualityCheck = (key: string): string => findQualityRule(key)?.name ?? key
