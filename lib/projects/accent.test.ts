import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ACCENT_BESIDE,
  CONTRAST_MIN,
  contrastOf,
  labelOn,
  lowestContrast,
  readableAccent,
  refuseAccent,
} from './accent.ts'

const colour = fc.integer({ min: 0, max: 0xff_ff_ff }).map((n) => `#${n.toString(16).padStart(6, '0')}`)

test('contrast is counted as WCAG counts it', () => {
  expect(contrastOf('#ffffff', '#000000')).toBe(21)
  expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  expect(contrastOf('#0a6350', '#0a6350')).toBe(1)
})

test('the label of a button can be read on every colour there is', () => {
  fc.assert(
    fc.property(colour, (any) => {
      expect(contrastOf(any, labelOn(any))).toBeGreaterThanOrEqual(CONTRAST_MIN)
    }),
  )
  expect(labelOn('#ffd400')).toBe('#000000')
  expect(labelOn('#1b2a6b')).toBe('#ffffff')
})

describe.each(['light', 'dark'] as const)('on %s surfaces', (scheme) => {
  test('every colour becomes one that can be read, and one that can be read stays as it is', () => {
    fc.assert(
      fc.property(colour, (any) => {
        const readable = readableAccent(any, scheme)
        expect(lowestContrast(readable, scheme)).toBeGreaterThanOrEqual(CONTRAST_MIN)
        if (lowestContrast(any, scheme) >= CONTRAST_MIN) expect(readable).toBe(any)
      }),
    )
  })

  test('a refusal names a colour that would be accepted', () => {
    const bad = scheme === 'light' ? '#ffd400' : '#1b2a6b'
    const offered = /(#[0-9a-f]{6}) works/.exec(refuseAccent(bad, scheme) ?? '')?.[1]
    expect(refuseAccent(offered!, scheme)).toBeNull()
  })
})

test('the surfaces are those of the page', () => {
  const css = readFileSync(new URL('../../app/tokens.module.css', import.meta.url), 'utf8')
  const [light, dark] = css.split('@media (prefers-color-scheme: dark)') as [string, string]
  const token = (part: string, name: string) => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(part)?.[1]
  const surfaces = (part: string) => ['page', 'surface', 'surface-sunken'].map((name) => token(part, name))
  expect(ACCENT_BESIDE.light).toEqual(surfaces(light))
  expect(ACCENT_BESIDE.dark).toEqual([...surfaces(dark), token(dark, 'action-text')])
})
