import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { DETAILS, REASONS } from '#lib/genotype/reason.ts'
import { unknownDevice } from '../device.ts'
import { TrustNote } from '../frame/trust-note.tsx'
import { StageBody } from '../stages/stage-body.tsx'
import { UploadView } from '../upload-view.tsx'
import { amountsIn } from '../words/amounts.ts'
import { en } from '../words/en/page.ts'
import { explain } from '../words/explain.ts'
import { LANGUAGES, loadWords } from '../words/languages.ts'
import type { Words } from '../words/words.ts'
import { findPageState, PAGE_STATES, type PageState, queryOf } from './page-states.ts'

const nothing = () => undefined
const controls = {
  choose: nothing,
  cancel: nothing,
  goOn: nothing,
  noFileYet: nothing,
  back: nothing,
  leave: nothing,
  askAgain: nothing,
  tryAgain: nothing,
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

const STAGES = [...new Set(PAGE_STATES.map(({ state }) => state))]

describe.each(LANGUAGES)('in %s', (language) => {
  test.each(STAGES)('everything that %s can look like is complete', async (stage) => {
    const words = await loadWords(language)
    for (const each of PAGE_STATES.filter(({ state }) => state === stage)) {
      const markup = markupOf(each, words)
      expect(markup, queryOf(each)).not.toMatch(/[{}]|undefined|NaN|\[object/)
    }
  })
})

test.each(PAGE_STATES.map((state) => [queryOf(state), state] as const))(
  '%s has one heading, and nothing that the page’s own policy would block',
  (_, state) => {
    const markup = drawn(state, en)
    expect(markup.match(/<h1/g)).toHaveLength(1)
    // A style attribute would be blocked.
    expect(markup).not.toContain('style=')
    expect(markup).not.toContain('aria-disabled')
  },
)

/** Refusals that differ in their detail alone are one page with other words: in other languages these are enough. */
function markupOf(state: PageState, words: Words): string {
  const { stage } = state.model
  if (stage.name !== 'rejected' || stage.detail === null || words === en) return drawn(state, words)
  const { what, mend } = explain(words, stage.reason, stage.detail, {
    partner: 'Acme',
    limit: '25 MB',
    vendors: 'A or B',
  })
  return `${what} ${mend}`
}

const drawn = ({ model, device }: PageState, words: Words): string =>
  renderToStaticMarkup(
    <UploadView
      model={model}
      words={words}
      controls={controls}
      device={{ ...unknownDevice, ...device }}
      Body={StageBody}
      Note={TrustNote}
    />,
  )

test('a receipt after a reload has size and time, and what happens next', () => {
  const received = PAGE_STATES.filter(({ state }) => state === 'received')
  for (const state of received) {
    const markup = drawn(state, en)
    for (const part of [
      amountsIn('en').size(6_212_345),
      en.received.arrived,
      'will tell you what happens next',
    ])
      expect(markup, queryOf(state)).toContain(part)
  }
})

/** Text that has a sibling: React updates it in place, and fails when a translator has moved it. */
function textBesideElements(markup: string): string[] {
  const tokens = markup.match(/<[^>]+>|[^<]+/g) ?? []
  return tokens.flatMap((token, index) => {
    // White space is never translated.
    if (token.startsWith('<') || !/\S/.test(token)) return []
    const [before, after] = [tokens[index - 1] ?? '', tokens[index + 1] ?? '']
    return /^<[^/!]/.test(before) && !before.endsWith('/>') && after.startsWith('</') ? [] : [token]
  })
}

test('every text is alone in its element, so that translators and extensions may wrap, move or replace it', () => {
  const found = PAGE_STATES.flatMap((state) => textBesideElements(drawn(state, en)))
  expect([...new Set(found)]).toEqual([])
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
