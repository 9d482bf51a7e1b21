import { mayDo, type Right, ROLES } from '#lib/access/role.ts'
import { html, type Markup } from '#lib/analysis/report/markup.ts'
import { jsonSchema } from '#lib/openapi/json-schema.ts'
import { listFields } from '#lib/openapi/list-fields.ts'
import { type Operation, PATH_PARAMETERS, pathParameters } from '#lib/openapi/operation.ts'
import { refusalsOf } from '#lib/openapi/refusals.ts'
import responseExamples from '#lib/openapi/response-examples.json' with { type: 'json' }
import { writeExample } from '#lib/openapi/write-example.ts'
import { fieldTable, jsonBlock, programsOf } from './draw-parts.ts'
import { inWords } from './in-words.ts'

const EXAMPLES: Record<string, unknown> = responseExamples

/** One operation: required role, parameters, answer, refusals and examples. */
export function drawOperation(operation: Operation): Markup {
  const { id, method, path, summary, more, ours, right, query, body, answer } = operation
  const inPath = pathParameters(path).map((name) => ({
    name,
    type: 'UUID',
    required: true,
    words: PATH_PARAMETERS[name],
  }))
  const inQuery = query ? listFields({ ...jsonSchema(query, 'input'), required: [] }) : []
  const answered = answer.body ? listFields(jsonSchema(answer.body.schema, 'output')) : []
  return html`<article id="${id}" class="operation" aria-labelledby="${id}-title">
<h3 id="${id}-title">${summary}</h3>
<p class="request"><code><b>${method}</b> ${path}</code></p>
${more && html`<p>${inWords(more)}</p>`}
<p class="quiet">${whoMay(right)}${ours && ' An addition of ours: Gencove has no such path.'}</p>
${fieldTable('In the path', inPath)}${fieldTable('In the query', inQuery)}${fieldTable('In the body', body ? listFields(jsonSchema(body.schema, 'input')) : [])}
<p><b>${answer.status}</b> ${answer.words}</p>
${fieldTable('In the answer', answered, { folded: true })}
${id in EXAMPLES && html`<details><summary>An answer</summary>${jsonBlock(EXAMPLES[id])}</details>`}
${drawRefusals(operation)}
${programsOf(id, {
  curl: writeExample(operation, 'curl'),
  python: writeExample(operation, 'python'),
  typescript: writeExample(operation, 'typescript'),
})}
</article>`
}

function whoMay(right: Right | null | 'public'): string {
  if (right === 'public') return 'Anyone.'
  if (right === null) return 'Anyone with a key or a token.'
  return `Role: ${ROLES.filter((role) => mayDo(role, right)).join(' or ')}.`
}

/** Those of its own in words; the others, which most operations share, by their number. */
function drawRefusals(operation: Operation): Markup {
  const own = operation.refusals ?? {}
  const shared = [...refusalsOf(operation).keys()].filter((status) => own[status] === undefined)
  const words = Object.entries(own).map(
    ([status, sentence]) => html`<div><dt>${status}</dt><dd>${inWords(sentence ?? '')}</dd></div>`,
  )
  return html`${words.length > 0 && html`<dl class="refusals">${words}</dl>`}<p class="quiet"><a href="/docs/errors">Refusals</a>: ${shared.join(', ')}.</p>`
}
