import { runInNewContext } from 'node:vm'
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

test('It speaks the link’s language, else the browser’s, and reloads by itself', () => {
  const sections = [...html.matchAll(/<section lang="([^"]+)"/g)].map(([, lang]) => ({
    lang,
    hidden: false,
    getElementsByTagName: () => [{ textContent: lang }],
  }))
  const script = /<script>([\s\S]*)<\/script>/.exec(html)![1]!
  const shown = (search: string, languages: string[], hash = '') => {
    const waits: number[] = []
    const document = { documentElement: {}, title: '', getElementsByTagName: () => sections }
    const setTimeout = (_: unknown, milliseconds: number) => waits.push(milliseconds)
    runInNewContext(script, { document, location: { search, hash }, navigator: { languages }, setTimeout })
    expect(sections.filter(({ hidden }) => !hidden)).toHaveLength(1)
    return { title: document.title, waits: waits.length }
  }
  expect(shown('?sample=x&lang=de', ['fr-FR'], '#token=x')).toEqual({ title: 'de', waits: 1 })
  expect(shown('?token=x&lang=pt-PT', ['fr-FR'])).toEqual({ title: 'pt-BR', waits: 1 })
  expect(shown('?token=x', ['xx', 'fr-FR'])).toEqual({ title: 'fr', waits: 1 })
  expect(shown('?lang=xx', ['xx'])).toEqual({ title: 'en', waits: 1 })
})
