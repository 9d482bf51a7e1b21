'use client'

import { useEffect, useState } from 'react'
import { useTimes } from './times.tsx'

const UNITS: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]
const REFRESH_MS = 30_000

/**
 * `3 minutes ago` in the reader's language, with the exact time on hover; the exact time for those who switched to it.
 * `none` when there is no time.
 */
export function TimeAgo({ time, none = '–' }: { time: string | null; none?: string }) {
  const { exact } = useTimes()
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), REFRESH_MS)
    return () => clearInterval(timer)
  }, [])
  if (time === null) return none
  const date = new Date(time)
  const iso = date.toISOString()
  // The server knows neither the reader's language nor their time zone.
  if (now === null) return <time dateTime={iso}>{iso.slice(0, 16).replace('T', ' ')}</time>
  return (
    <time dateTime={iso} title={exactTime(date)} lang={navigator.language}>
      {exact ? exactTime(date) : sayDistance(date.getTime() - now, navigator.language)}
    </time>
  )
}

/** In the reader's time zone and language. */
const exactTime = (date: Date): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' }).format(date)

export function sayDistance(milliseconds: number, language: string): string {
  const seconds = milliseconds / 1_000
  const [unit, length] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1]
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  // Below a minute nothing is counted.
  return unit === 'second' ? words.format(0, unit) : words.format(Math.trunc(seconds / length), unit)
}
