const UNITS: [unit: string, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
]

/** `4 minutes`, `1.5 hours`; a dash for nothing measured. */
export function saySeconds(seconds: number | null): string {
  if (seconds === null) return '–'
  const [unit, length] = UNITS.find(([, each]) => seconds >= each) ?? UNITS.at(-1)!
  return new Intl.NumberFormat('en', {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: seconds < 10 ? 1 : seconds / length < 10 ? 1 : 0,
  }).format(Math.max(0, seconds) / length)
}
