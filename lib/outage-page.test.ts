import { expect, test } from 'vitest'
import { LANGUAGES } from '#components/upload/words/languages.ts'
import { readOutagePage } from './outage-page.ts'

const { body, headers } = readOutagePage()
const html = body.toString()

test('The page for outages speaks every language of the upload page, and tries again by itself', () => {
  const spoken = [...html.matchAll(/<section lang="([^"]+)"/g)].map(([, language]) => language)
  expect(spoken.sort()).toEqual([...LANGUAGES].sort())
  expect(html).toContain('<meta http-equiv="refresh" content="5">')
})

test('It loads nothing, and its policy allows its own script and style alone', () => {
  expect(html).not.toMatch(/(?:src|href)=|url\(|@import/)
  expect(headers['Content-Security-Policy']).toMatch(
    /^default-src 'none'; script-src 'sha256-[^']+='; style-src 'sha256-[^']+='; base-uri 'none'; form-action 'none'$/,
  )
})
