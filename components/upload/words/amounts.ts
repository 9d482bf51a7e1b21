/** Numbers as people of one language read them. */
export interface Amounts {
  /** 26,214,400 bytes are "25 MB", as file managers on most systems count. */
  size(bytes: number): string
  share(part: number, whole: number): string
  /** Exact, for a countdown: "4 minutes, 10 seconds". In Arabic as it stands after a preposition. */
  time(seconds: number): string
  /** Rounded, for an estimate: half minutes above one minute, whole minutes above five. */
  roughTime(seconds: number): string
  /** What is left, in whole minutes while it is more than one; rounded down, so that it never promises too much. */
  leftTime(seconds: number): string
  /** The number that the size begins with: what decides its plural. */
  sizeNumber(bytes: number): number
  /** The number that a sentence about this time agrees with: "1 minute 30 seconds" are several. */
  timeNumber(seconds: number): number
  /** "A, B or C". */
  anyOf(names: readonly string[]): string
}

const MEBIBYTE = 1_048_576

export function amountsIn(locale: string): Amounts {
  const unit = (unitName: string, digits = 0) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: unitName,
      unitDisplay: unitName === 'megabyte' || unitName === 'kilobyte' ? 'short' : 'long',
      maximumFractionDigits: digits,
    })
  const list = new Intl.ListFormat(locale, { style: 'narrow', type: 'unit' })
  const time = (seconds: number): string => {
    const whole = Math.max(0, Math.floor(seconds))
    const minutes = Math.floor(whole / 60)
    const parts = [
      ...(minutes > 0 ? [unit('minute').format(minutes)] : []),
      ...(whole % 60 > 0 || minutes === 0 ? [unit('second').format(whole % 60)] : []),
    ]
    const said = list.format(parts)
    // The long form sets a blank before the unit, which Japanese does not.
    if (locale === 'ja') return said.replaceAll(' ', '')
    // CLDR has the nominative of the Arabic dual; every sentence with a time has a preposition before it.
    return locale === 'ar' ? said.replaceAll(/(دقيقت|ثانيت)ان/g, '$1ين') : said
  }
  const size = (bytes: number): string =>
    bytes < MEBIBYTE / 10
      ? unit('kilobyte').format(Math.ceil(bytes / 1024))
      : unit('megabyte', 1).format(bytes / MEBIBYTE)
  return {
    sizeNumber: (bytes) =>
      bytes < MEBIBYTE / 10 ? Math.ceil(bytes / 1024) : Math.round((bytes / MEBIBYTE) * 10) / 10,
    timeNumber: (seconds) => {
      const whole = Math.max(0, Math.floor(seconds))
      return Math.floor(whole / 60) + (whole % 60)
    },
    // No line ends between a number and its unit.
    size: (bytes) => size(bytes).replaceAll(' ', '\u00a0'),
    share: (part, whole) =>
      new Intl.NumberFormat(locale, { style: 'percent' }).format(
        whole === 0 ? 0 : Math.floor((part / whole) * 100) / 100,
      ),
    time,
    roughTime: (seconds) => time(roundUpSeconds(seconds)),
    anyOf: (names) => new Intl.ListFormat(locale, { type: 'disjunction' }).format(names),
    leftTime: (seconds) => time(seconds < 60 ? seconds : seconds - (seconds % 60)),
  }
}

/** Rounded up, never down to nothing, so that an estimate does not promise too much. */
export function roundUpSeconds(seconds: number): number {
  const grain = seconds <= 60 ? 10 : seconds <= 300 ? 30 : 60
  return Math.max(grain, Math.ceil(seconds / grain) * grain)
}
