'use client'

import { Text } from '@mantine/core'
import { useEffect, useState } from 'react'

/** Counts down from what the server said, by a clock that nobody sets; the server alone decides what is over. */
export function Countdown({ seconds, words }: { seconds: number; words: string }) {
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    const begun = performance.now()
    const count = () => setLeft(Math.max(0, seconds - (performance.now() - begun) / 1_000))
    count()
    const timer = setInterval(count, 500)
    return () => clearInterval(timer)
  }, [seconds])
  const whole = Math.ceil(left)
  return (
    <Text size="sm" component="span">
      <span role="timer" aria-live="off" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {Math.floor(whole / 60)}:{String(whole % 60).padStart(2, '0')}
      </span>{' '}
      {words}
    </Text>
  )
}
