import { html, type Markup } from '#lib/analysis/report/markup.ts'
import { FILE_REASONS, type FileReason, REASONS, type Reason } from '#lib/genotype/reason.ts'
import { DETAILS_OF } from '#lib/genotype/reason-details.ts'
import { type ProblemCode, statusOfCode } from '#lib/problem.ts'
import type { DocsPage } from './docs-page.ts'
import { CODE_WORDS, REASON_WORDS } from './error-words.ts'
import { inWords } from './in-words.ts'

const CODES = Object.keys(CODE_WORDS) as ProblemCode[]
const PARENT = '/docs/errors'

/** One page for every code and every reason, below the page of all errors. */
export const drawErrorPages = (): DocsPage[] => [...CODES.map(codePage), ...REASONS.map(reasonPage)]

/** What leads to those pages. */
export const drawErrorLinks = (): Markup =>
  html`<section id="codes" class="area" aria-labelledby="codes-title"><h2 id="codes-title">Every code</h2><p>A refusal of the API names its page in a <code>Link</code> header with <code>rel="help"</code>.</p><dl class="refusals">${CODES.map(
    (code) => html`<div><dt>${statusOfCode(code)}</dt><dd><a href="${PARENT}/${code}">${code}</a></dd></div>`,
  )}</dl></section>
<section id="reasons" class="area" aria-labelledby="reasons-title"><h2 id="reasons-title">Every reason</h2><p>In redirects, webhooks, timelines and on the page, when a link, a file or a visit ends other than well.</p><ul class="rules">${REASONS.map(
    (reason) => html`<li><a href="${PARENT}/${reason}"><code>${reason}</code></a></li>`,
  )}</ul></section>`

function codePage(code: ProblemCode): DocsPage {
  const words = CODE_WORDS[code]
  return errorPage(code, `${statusOfCode(code)} ${code}`, words, html``)
}

function reasonPage(reason: Reason): DocsPage {
  const details = isFileReason(reason) ? DETAILS_OF[reason] : []
  return errorPage(
    reason,
    reason,
    REASON_WORDS[reason],
    details.length > 0 &&
      html`<section class="area" aria-labelledby="details"><h2 id="details">Details</h2><p>${details.map(
        (detail, at) => html`${at > 0 && ', '}<code>${detail}</code>`,
      )}</p></section>`,
  )
}

function errorPage(
  name: string,
  title: string,
  { means, who, todo }: (typeof CODE_WORDS)[ProblemCode],
  more: Markup | false,
): DocsPage {
  return {
    path: `${PARENT}/${name}`,
    parent: PARENT,
    title,
    lead: html`${inWords(means)}`,
    body: html`<section class="area" aria-labelledby="who"><h2 id="who">Who can mend it</h2><p>${inWords(who)}</p></section>
<section class="area" aria-labelledby="todo"><h2 id="todo">What to do</h2><ul class="rules">${todo.map((step) => html`<li>${inWords(step)}</li>`)}</ul></section>${more}
<p><a href="${PARENT}">All errors</a></p>`,
    anchors: [],
  }
}

const isFileReason = (reason: Reason): reason is FileReason =>
  (FILE_REASONS as readonly string[]).includes(reason)
