import { expect, test } from 'vitest'
import { sayDistance } from './time-ago.tsx'

test.each([
  ['en', -20_000, 'now'],
  ['en', -180_000, '3 minutes ago'],
  ['de', -180_000, 'vor 3 Minuten'],
  ['de', 86_400_000, 'morgen'],
])('A distance is said in the reader’s language (%s)', (language, milliseconds, words) => {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  expect(sayDistance(milliseconds, format)).toBe(words)
})
