import { expect, test } from 'vitest'
import { ProjectSettings } from './project.ts'
import { presentSettings, SettingsChange } from './wire-settings.ts'

const faultsOf = (given: unknown) =>
  SettingsChange.safeParse(given).error?.issues.map(({ message }) => message) ?? []

test('a brand is set by its wire names and shown by them', () => {
  const given = {
    display_name: ' Acme Genetics ',
    accent_light: '#0A6350',
    accent_dark: '#6bd3b6',
    purpose: 'We work out which medicines suit you.',
    logo: null,
  }
  const settings = ProjectSettings.parse(SettingsChange.parse(given))
  expect(presentSettings(settings)).toMatchObject({
    ...given,
    display_name: 'Acme Genetics',
    accent_light: '#0a6350',
  })
})

test.each([
  [{ accent_light: '#ffd400' }, /^accent_light: #ffd400 cannot be read on our light page: .+ works\.$/],
  [{ accent_dark: '#0a6350' }, /^accent_dark: .+ dark page: .+ works\.$/],
  [{ accent_light: 'green' }, /^accent_light: Enter a colour such as #0a6350\.$/],
  [{ purpose: 'a'.repeat(201) }, /^purpose: .*200/],
  [{ purpose: 'two\nlines' }, /^purpose: Enter one line of plain text\.$/],
  [{ display_name: 'half \ud800' }, /^display_name: Enter one line of plain text\.$/],
  [{ display_name: 'Clinic \u202egnp.exe' }, /^display_name: Characters that change the direction/],
  [{ purposes: { de: '\u200b' } }, /^purposes\.de: This field may not be blank\.$/],
  [{ logo: 'data:image/svg+xml;base64,PHN2Zy8+' }, /^logo: Enter a data: URL of a PNG, JPEG or WebP/],
])('%j is refused in words', (given, message) => {
  expect(faultsOf(given)).toEqual([expect.stringMatching(message)])
})

test('a colour that was stored before the page changed its surfaces still lets the project be read', () => {
  expect(ProjectSettings.parse({ accentLight: '#ffd400' }).accentLight).toBe('#ffd400')
})
