import { html, type Markup } from '#lib/analysis/report/markup.ts'
import type { Field } from '#lib/openapi/list-fields.ts'
import type { Walkthrough } from '#lib/openapi/read-walkthroughs.ts'
import { LANGUAGES, type Language } from '#lib/openapi/write-example.ts'
import { inWords } from './in-words.ts'

/** The fields of one part of a request or an answer; nothing when there are none. */
export function fieldTable(title: string, fields: readonly Field[], { folded = false } = {}): Markup {
  if (fields.length === 0) return html``
  const rows = fields.map(
    ({ name, type, required, words }) =>
      html`<tr><th scope="row"><code>${name}</code></th><td>${type}</td><td>${
        required && !folded && html`<b>Required. </b>`
      }${inWords(words)}</td></tr>`,
  )
  const table = html`<table class="fields">${!folded && html`<caption>${title}</caption>`}<thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Description</th></tr></thead><tbody>${rows}</tbody></table>`
  return folded ? html`<details><summary>${title}</summary>${table}</details>` : table
}

/** The same program in every language, one shown at a time where the browser can. `of` is what tests find them by. */
export function programsOf(of: string, programs: Record<Language, string>, { open = false } = {}): Markup {
  const each = (Object.entries(LANGUAGES) as [Language, string][]).map(
    ([language, name], place) =>
      html`<details name="programs-${of}" data-program="${language}"${open && place === 0 && html` open`}><summary>${name}</summary><pre class="code"><code data-example="${of}" data-language="${language}">${programs[language]}</code></pre></details>`,
  )
  return html`<div class="programs">${each}</div>`
}

/** A JSON value as it is sent. */
export const jsonBlock = (value: unknown): Markup =>
  html`<pre class="code"><code>${JSON.stringify(value, null, 1)}</code></pre>`

/** A task with its program in every language, the first of which is open. */
export const drawWalkthrough = ({ name, title, words, programs }: Walkthrough): Markup =>
  html`<article id="${name}" class="operation" aria-labelledby="${name}-title"><h3 id="${name}-title">${title}</h3><p>${words}</p>${programsOf(name, programs, { open: true })}</article>`
