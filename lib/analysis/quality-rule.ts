import type { ProjectSettings } from '#lib/projects/project.ts'

/** A share between 0 and 1, or yes and no. Null: nothing is asked, or nothing can be measured. */
export type QualityValue = number | boolean | null

/** One check of the closed lists: what is measured on `Measured`, and what a project asks of it. */
export interface QualityRule<Measured> {
  /** What is measured, as a heading. */
  name: string
  description: string
  /** Which side of `expected` is sound; what is equal to it is sound too. */
  bound: 'at_least' | 'at_most' | 'is'
  /** What the project asks. */
  expected: (settings: ProjectSettings) => QualityValue
  measured: (measured: Measured) => QualityValue
  /** What is wrong with what was measured where this is asked, as a sentence. */
  fault: (measured: Measured, asked: QualityValue) => string
}
