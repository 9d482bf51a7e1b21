import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { DETAILS, REASONS } from '#lib/genotype/reason.ts'
import { unknownDevice } from './device.ts'
import { findPageState, PAGE_STATES, queryOf } from './page-states.ts'
import { StageBody } from './stage-body.tsx'
import { UploadView } from './upload-view.tsx'
import { en } from './words/en.ts'
import { LANGUAGES, loadWords } from './words/languages.ts'

const nothing = () => undefined
const actions = {
  choose: nothing,
  cancel: nothing,
  goOn: nothing,
  noFileYet: nothing,
  back: nothing,
  leave: nothing,
  askAgain: nothing,
}

describe('the list of states', () => {
  test('reaches every reason and every detail there is', () => {
    const reasons = new Set(PAGE_STATES.map(({ reason }) => reason))
    expect(REASONS.filter((reason) => !reasons.has(reason))).toEqual([])
    const details = new Set(PAGE_STATES.map(({ detail }) => detail))
    expect(DETAILS.filter((detail) => !details.has(detail))).toEqual([])
  })

  test('gives every state an address of its own, which leads back to it', () => {
    const queries = PAGE_STATES.map(queryOf)
    expect(new Set(queries).size).toBe(PAGE_STATES.length)
    for (const state of PAGE_STATES) {
      expect(findPageState(Object.fromEntries(new URLSearchParams(queryOf(state))))).toBe(state)
    }
  })
})

describe.each(LANGUAGES)('in %s', (language) => {
  test.each(PAGE_STATES.map((state) => [queryOf(state), state] as const))(
    '%s is complete',
    async (_, { model }) => {
      const words = await loadWords(language)
      const markup = renderToStaticMarkup(
        <UploadView model={model} words={words} actions={actions} device={unknownDevice} Body={StageBody} />,
      )
      expect(markup.match(/<h1/g)).toHaveLength(1)
      expect(markup).not.toMatch(/[{}]|undefined|NaN|\[object/)
      // A style attribute would be blocked by the page's own policy.
      expect(markup).not.toContain('style=')
      expect(markup).not.toContain('aria-disabled')
    },
  )
})

describe('the words', () => {
  const sentences = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(sentences)
        : []

  test('use nothing that only we understand', () => {
    const jargon = /\b(genotypes?|tokens?|vcf|json|session|server|byte|upload id|chromosomes?|archive)\b/i
    expect(sentences(en).filter((sentence) => jargon.test(sentence))).toEqual([])
  })

  test('say what happened in one sentence of its own for every reason and detail', () => {
    const what = [...Object.values(en.reasons), ...Object.values(en.recognised)].map((words) => words.what)
    expect(new Set(what).size).toBe(what.length)
    for (const sentence of what) expect(sentence).toMatch(/^[A-Z].{10,160}\.$/)
  })
})
