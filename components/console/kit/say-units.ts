const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
const STEP = 1_000

/** `1.4 MB`. */
export function sayBytes(bytes: number): string {
  if (bytes < STEP) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`
  const power = Math.min(Math.floor(Math.log(bytes) / Math.log(STEP)), BYTE_UNITS.length - 1)
  return new Intl.NumberFormat('en', {
    style: 'unit',
    unit: BYTE_UNITS[power]!,
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(bytes / STEP ** power)
}

const TIME_UNITS: [unit: string, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
]

/** `4 minutes`, `1.5 hours`; a dash for nothing measured. */
export function saySeconds(seconds: number | null): string {
  if (seconds === null) return '–'
  const [unit, length] = TIME_UNITS.find(([, each]) => seconds >= each) ?? TIME_UNITS.at(-1)!
  return new Intl.NumberFormat('en', {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: seconds < 10 ? 1 : seconds / length < 10 ? 1 : 0,
  }).format(Math.max(0, seconds) / length)
}
