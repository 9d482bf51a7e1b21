/** One line of the result: what was measured, against which bound, and the absolute figures for the record. */
export interface Figure {
  what: string
  value: number
  bound: { atMost: number } | { atLeast: number }
  unit: '×' | 'ms' | 's' | '/s' | 'MB' | 'KiB'
  /** What the ratio is made of, in plain figures; they belong to one machine and one hour. */
  record: string
}

/** Something that could not be measured here, and why. It is said, never guessed. */
export interface NotMeasured {
  what: string
  why: string
}

export type Outcome = Figure | NotMeasured

export const isFigure = (outcome: Outcome): outcome is Figure => 'value' in outcome

/** A figure that is no number holds nothing. */
export const holds = ({ value, bound }: Figure): boolean =>
  'atMost' in bound ? value <= bound.atMost : value >= bound.atLeast

const shown = (value: number, unit: Figure['unit']): string =>
  `${value.toFixed(unit === '×' || unit === 's' ? 2 : unit === 'KiB' ? 1 : 0)} ${unit}`

export const shownValue = ({ value, unit }: Figure): string => shown(value, unit)

export const shownBound = ({ bound, unit }: Figure): string =>
  'atMost' in bound ? `≤ ${shown(bound.atMost, unit)}` : `≥ ${shown(bound.atLeast, unit)}`
