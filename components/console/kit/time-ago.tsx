'use client'

import { useEffect, useState } from 'react'

const UNITS: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]
const REFRESH_MS = 30_000

/** `3 minutes ago`, with the exact time on hover; `none` when there is no time. */
export function TimeAgo({ time, none = '–' }: { time: string | null; none?: string }) {
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), REFRESH_MS)
    return () => clearInterval(timer)
  }, [])
  if (time === null) return none
  const date = new Date(time)
  return (
    <time dateTime={date.toISOString()} title={exactTime(date)}>
      {now === null ? date.toISOString().slice(0, 16).replace('T', ' ') : sayDistance(date.getTime() - now)}
    </time>
  )
}

/** In the reader's time zone and language. */
export const exactTime = (date: Date): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' }).format(date)

export function sayDistance(milliseconds: number): string {
  const seconds = milliseconds / 1_000
  const [unit, length] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1]
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
  return unit === 'second' ? 'just now' : words.format(Math.trunc(seconds / length), unit)
}
