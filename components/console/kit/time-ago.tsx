'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTimes } from './times.tsx'

const UNITS: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]
const REFRESH_MS = 30_000
/** Making one of these takes longer than drawing a row, and a page has a hundred times. */
const DISTANCE = new Intl.RelativeTimeFormat(navigator.language, { numeric: 'auto' })
const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

/**
 * `3 minutes ago` in the reader's language, with the exact time in their zone on hover; the exact time for those who switched
 * to it. `none` when there is no time.
 */
export function TimeAgo({ time, none = '–' }: { time: string | null; none?: string }) {
  const { exact } = useTimes()
  const inBrowser = useInBrowser()
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), REFRESH_MS)
    return () => clearInterval(timer)
  }, [])
  if (time === null) return none
  const date = new Date(time)
  const iso = date.toISOString()
  if (!inBrowser) return <time dateTime={iso}>{iso.slice(0, 16).replace('T', ' ')}</time>
  const exactTime = EXACT.format(date)
  return (
    <time dateTime={iso} title={exactTime} lang={navigator.language}>
      {exact ? exactTime : sayDistance(date.getTime() - now, DISTANCE)}
    </time>
  )
}

const never = () => () => undefined

/** False on the server, which knows neither the reader's language nor their time zone, and while its page comes to life. */
const useInBrowser = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )

export function sayDistance(milliseconds: number, words: Intl.RelativeTimeFormat): string {
  const seconds = milliseconds / 1_000
  const [unit, length] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1]
  // Below a minute nothing is counted.
  return unit === 'second' ? words.format(0, unit) : words.format(Math.trunc(seconds / length), unit)
}
