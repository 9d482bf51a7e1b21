import { html } from '#lib/analysis/report/markup.ts'
import { type Operation, TAGS, type Tag } from '#lib/openapi/operation.ts'
import { OPERATIONS } from '#lib/openapi/operations.ts'
import type { Walkthrough } from '#lib/openapi/read-walkthroughs.ts'
import { REFUSALS } from '#lib/openapi/refusals.ts'
import type { DocsPage } from './docs-page.ts'
import { drawErrorLinks, drawErrorPages } from './draw-errors.ts'
import { drawGuide } from './draw-guide.ts'
import { drawOperation } from './draw-operation.ts'
import { drawOutcomes } from './draw-outcomes.ts'
import { drawWalkthrough } from './draw-parts.ts'
import { drawWebhooks } from './draw-webhooks.ts'
import type { Guide } from './guides.ts'
import { inWords } from './in-words.ts'

const slugOf = (title: string): string => title.toLowerCase().replace(/[^a-z]+/g, '-')

/** Tags with more operations than one page holds: what only reads is on the first page, the rest on another one. */
const DIVIDED: Partial<Record<Tag, { title: string; words: string }>> = {
  Samples: {
    title: 'Changing samples',
    words: 'To name samples, to cancel, repeat, accept and hide them, and to delete them.',
  },
}

/** Who calls what: a partner's backend, or the people who run the service. */
const OPERATORS: readonly Tag[] = ['Insights', 'Keys and people', 'Document']

/** Every page of `/docs`, in the order of the contents. */
export function drawPages(
  walkthroughs: readonly Walkthrough[],
  guides: readonly (readonly [Guide, string])[],
): DocsPage[] {
  const checks = walkthroughs.filter(({ name }) => name.startsWith('verify-'))
  const steps = walkthroughs.filter(({ name }) => !name.startsWith('verify-'))
  const pages = Object.entries(TAGS) as [Tag, string][]
  const ordered = [
    ...pages.filter(([tag]) => !OPERATORS.includes(tag)),
    ...pages.filter(([tag]) => OPERATORS.includes(tag)),
  ]
  const [tenMinutes, links, ...others] = guides.map(([guide, text]) => drawGuide(guide, text))
  return [
    startPage(steps),
    ...[tenMinutes, links].filter((page) => page !== undefined),
    {
      path: '/docs/webhooks',
      title: 'Webhooks',
      lead: html`What your server receives, how to check it, and when it comes again.`,
      body: drawWebhooks(checks),
      names: ['retries'],
      anchors: [
        ['subscribe', 'Subscribe'],
        ['headers', 'Headers'],
        ['check', 'Check a signature'],
        ['delivery', 'Delivery'],
        ['events', 'Event types'],
      ],
    },
    {
      path: '/docs/outcomes',
      title: 'Outcomes',
      lead: html`Every way a link can turn out, and how to try it without a real person’s file.`,
      body: drawOutcomes(),
      names: ['sandbox', 'clock'],
      anchors: [
        ['table', 'What you see of each'],
        ['test-projects', 'Test projects'],
        ['details', 'Details by reason'],
      ],
    },
    errorsPage(),
    ...others,
    ...ordered.flatMap(([tag, words]) => referencePages(tag, words)),
    ...drawErrorPages(),
  ]
}

function startPage(steps: readonly Walkthrough[]): DocsPage {
  return {
    path: '/docs',
    title: 'Start',
    lead: html`Three steps: mint a link, send the person to it, learn the outcome. The same is available for programs in <a href="/api/v2/openapi.json">openapi.json</a>.`,
    body: html`<section id="start" class="area" aria-labelledby="start-title"><h2 id="start-title">From your backend</h2>
<p>To run a service of your own and see a first upload and a first webhook, <a href="/docs/ten-minutes">start in ten minutes</a>. To call this one, make a key with <code>npx arraydrop admin create-api-key --project demo --role manager</code>, or ask the operator of this service for one. All examples read it from <code>ARRAYDROP_API_KEY</code>, and the address of this service from <code>ARRAYDROP_HOST</code>. A backend that only mints links and reads results needs the role analyst; webhooks need manager.</p>${steps.map(drawWalkthrough)}
<p>Next: <a href="/docs/webhooks">webhooks</a> instead of polling, <a href="/docs/outcomes">every outcome</a> on demand, and ready <a href="/docs/clients">clients</a> for TypeScript and Python.</p></section>`,
    anchors: steps.map(({ name, title }) => [name, title]),
  }
}

function errorsPage(): DocsPage {
  const statuses = Object.entries(REFUSALS).map(
    ([status, { words }]) => html`<div><dt>${status}</dt><dd>${inWords(words)}</dd></div>`,
  )
  return {
    path: '/docs/errors',
    title: 'Rules and errors',
    lead: html`What is the same for every call.`,
    body: html`<section id="rules" class="area" aria-labelledby="rules-title"><h2 id="rules-title">Rules for every call</h2><ul class="rules">
<li><code>Authorization: Api-Key …</code>, or <code>Authorization: Bearer …</code> with a person’s access token. Use it only from a backend: anyone who has the key can read the samples.</li>
<li>Every path works with and without its trailing slash, and never redirects.</li>
<li>A POST with <code>Idempotency-Key</code> can be repeated for 24 hours: it returns the first answer, and nothing happens twice. This does not apply where the answer contains a secret.</li>
<li>Lists take <code>limit</code> and <code>offset</code> and return <code>meta</code> and <code>results</code>.</li>
<li>A key or a person may make 600 requests a minute, unless the key has a limit of its own.</li>
<li>A parameter of a query that a list does not know is refused, and so is every query on anything but a GET. A field of a body that could be a misspelt limit is refused; where Gencove’s own tools send more fields than are needed, those are ignored.</li>
<li>Answers may gain fields. What you are not allowed to see returns 404.</li></ul></section>
<section id="statuses" class="area" aria-labelledby="statuses-title"><h2 id="statuses-title">Refusals</h2>
<p>A refusal is JSON: <code>{"detail": "…"}</code>, or messages for each field, <code>{"expires_in": ["…"]}</code>. Every answer has a <code>Request-Id</code>: quote it when you contact us.</p><dl class="refusals">${statuses}</dl></section>${drawErrorLinks()}`,
    anchors: [
      ['rules', 'Rules for every call'],
      ['statuses', 'Refusals'],
      ['codes', 'Every code'],
      ['reasons', 'Every reason'],
    ],
  }
}

function referencePages(tag: Tag, words: string): DocsPage[] {
  const operations = OPERATIONS.filter((operation) => operation.tag === tag)
  const more = DIVIDED[tag]
  if (!more) return [referencePage(tag, words, operations)]
  const reads = ({ method }: Operation) => method === 'GET'
  return [
    referencePage(tag, words, operations.filter(reads)),
    referencePage(
      more.title,
      more.words,
      operations.filter((operation) => !reads(operation)),
    ),
  ]
}

function referencePage(title: string, words: string, operations: readonly Operation[]): DocsPage {
  return {
    path: `/docs/reference/${slugOf(title)}`,
    title,
    lead: html`${words}`,
    body: html`<section class="area" aria-label="Operations">${operations.map(drawOperation)}</section>`,
    anchors: operations.map(({ id, summary }) => [id, summary]),
  }
}
