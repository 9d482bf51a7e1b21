import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { html } from '#lib/analysis/report/markup.ts'
import { REASONS } from '#lib/genotype/reason.ts'
import { OPERATIONS } from '#lib/openapi/operations.ts'
import { readWalkthroughs } from '#lib/openapi/read-walkthroughs.ts'
import { OUTCOMES } from '#lib/sessions/outcomes.ts'
import { EVENT_TYPES } from '#lib/webhooks/event.ts'
import { drawGuide } from './draw-guide.ts'
import { drawSearch } from './draw-search.ts'
import { drawPages } from './draw-site.ts'
import { CODE_WORDS } from './error-words.ts'
import { framePage, policyOf } from './frame-page.ts'
import { readGuides } from './read-guides.ts'

const BYTES_MAX = 120 * 1_024

const read = (name: string) => readFileSync(path.join(import.meta.dirname, name), 'utf8')
const frame = { style: read('../plain-page.css') + read('docs-page.css'), script: read('docs-page.js') }
const pages = drawPages(await readWalkthroughs(), await readGuides())
const drawn = new Map(pages.map((page) => [page.path, framePage(page, pages, frame)]))

const idsOf = (markup: string) => [...markup.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!)

test('no page of the documentation is heavier than 120 KB', () => {
  expect([...drawn].filter(([, page]) => Buffer.byteLength(page) > BYTES_MAX).map(([at]) => at)).toEqual([])
})

test('every link of the documentation leads to a page and a part that are there', () => {
  const broken: string[] = []
  for (const [at, markup] of drawn) {
    expect(new Set(idsOf(markup)).size).toBe(idsOf(markup).length)
    for (const [, href = ''] of markup.matchAll(/<a href="([^"]+)"/g)) {
      const [page, id] = href.split('#') as [string, string | undefined]
      if (/^https?:/.test(page) || page.startsWith('/api/') || page.startsWith('/docs/test-files/')) continue
      const target = drawn.get(page === '' ? at : page)
      if (target === undefined || (id && !idsOf(target).includes(id))) broken.push(`${at}: ${href}`)
    }
  }
  expect(broken).toEqual([])
})

test('every operation, every event type and every program in three languages is on one page', () => {
  const whole = [...drawn.values()].join('\n')
  for (const { id } of OPERATIONS) expect(idsOf(whole).filter((one) => one === id)).toHaveLength(1)
  for (const type of Object.keys(EVENT_TYPES)) expect(drawn.get('/docs/webhooks')).toContain(`id="${type}"`)
  for (const language of ['curl', 'python', 'typescript']) {
    expect(whole.split(`data-language="${language}"`).length - 1).toBeGreaterThanOrEqual(OPERATIONS.length)
  }
})

test('the page of webhooks says what 410 and a long outage switch off', () => {
  expect(drawn.get('/docs/webhooks')).toContain(
    '410</code> switches the whole subscription off, as do 5 days',
  )
})

test('every code and every reason has a page with what to do, and the contents do not list them all', () => {
  for (const name of [...Object.keys(CODE_WORDS), ...REASONS]) {
    expect(drawn.get(`/docs/errors/${name}`), name).toContain('What to do')
    expect(drawn.get('/docs/errors'), name).toContain(`href="/docs/errors/${name}"`)
    expect(drawn.get('/docs'), name).not.toContain(`href="/docs/errors/${name}"`)
  }
})

test('the search finds every code, reason, event type and outcome, and what partners look for', () => {
  const words = Object.values(JSON.parse(drawSearch(pages)) as Record<string, string>).join(' ')
  const lists = [CODE_WORDS, EVENT_TYPES, OUTCOMES].flatMap((list) => Object.keys(list))
  const looked =
    'webview ios flutter proxy caddy nginx expires_in download_url frame_origins gencove-signature'
  const wanted = [...lists, ...REASONS, ...looked.split(' '), 'role-needed']
  expect(wanted.filter((name) => !words.includes(name.toLowerCase()))).toEqual([])
})

test('what is put into markup is escaped, and nothing on a page needs more than its policy allows', () => {
  expect(html`<p title="${'"'}">${'<b>&'}</p>`.toString()).toBe('<p title="&quot;">&lt;b&gt;&amp;</p>')
  for (const markup of drawn.values()) {
    expect(markup).not.toMatch(/\s(style|on\w+)="/)
    expect(markup.match(/<script/g)).toHaveLength(1)
  }
  expect(frame.script + frame.style).not.toContain('</')
  expect(policyOf(frame)).toMatch(/^default-src 'none'; script-src 'sha256-/)
})

test('a document becomes a page: links to other pages work, links to no page are words, markup in it is only shown', () => {
  const guide = { file: 'docs/x.md', path: '/docs/x', title: 'X' }
  const text =
    '# X\n\nThe *lead*.\n## A *part*\n[one](embedding.md#events) [embedding.md](embedding.md) [none](../SECURITY.md) <b>bold</b>\n## A part\n'
  const { lead, body, anchors } = drawGuide(guide, text)
  expect(String(lead)).toBe('The <em>lead</em>.')
  expect(String(body)).toContain(
    '<a href="/docs/embedding#events">one</a> <a href="/docs/embedding">Embedding</a> none &lt;b&gt;bold&lt;/b&gt;',
  )
  expect(anchors).toEqual([
    ['a-part', 'A part'],
    ['a-part-1', 'A part'],
  ])
})
