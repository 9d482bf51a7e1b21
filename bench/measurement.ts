/** One line of the result: what was measured, against which bound, and the absolute figures for the record. */
export interface Measurement {
  what: string
  value: number
  bound: { atMost: number } | { atLeast: number }
  unit: '×' | 'ms' | 's' | '/s' | 'MB' | 'KiB'
  /** Beside nothing that runs at the same time: the bound is for the reference machine, and a slower one gets as much more. */
  alone?: true
  /** What the ratio is made of, in plain figures; they belong to one machine and one hour. */
  record: string
}

/** Something that could not be measured here, and why. Reported, never estimated. */
export interface NotMeasured {
  what: string
  why: string
}

export type BenchResult = Measurement | NotMeasured

export const isMeasured = (outcome: BenchResult): outcome is Measurement => 'value' in outcome

/** The same with the bound for a machine so many times as slow as the reference machine. */
export function onMachine(measurement: Measurement, slowness: number): Measurement {
  if (!measurement.alone || slowness === 1) return measurement
  const { bound, record } = measurement
  return {
    ...measurement,
    bound: 'atMost' in bound ? { atMost: bound.atMost * slowness } : { atLeast: bound.atLeast / slowness },
    record: `${record}; the bound is ${shownBound(measurement)} on a machine that is ${slowness.toFixed(2)} times as quick`,
  }
}

/** Not a number is never within its bound. */
export const isWithinBound = ({ value, bound }: Measurement): boolean =>
  'atMost' in bound ? value <= bound.atMost : value >= bound.atLeast

const shown = (value: number, unit: Measurement['unit']): string =>
  `${value.toFixed(unit === '×' || unit === 's' ? 2 : unit === 'KiB' ? 1 : 0)} ${unit}`

export const shownValue = ({ value, unit }: Measurement): string => shown(value, unit)

export const shownBound = ({ bound, unit }: Measurement): string =>
  'atMost' in bound ? `≤ ${shown(bound.atMost, unit)}` : `≥ ${shown(bound.atLeast, unit)}`
