import { html, type Markup } from '#lib/analysis/report/markup.ts'
import { DELIVERY_HEADERS, exampleDelivery } from '#lib/openapi/describe-deliveries.ts'
import type { Walkthrough } from '#lib/openapi/read-walkthroughs.ts'
import { EVENT_TYPES, type EventType } from '#lib/webhooks/event.ts'
import { ATTEMPTS_MAX, DISABLE_AFTER_SECONDS, TIMEOUT_MS } from '#lib/webhooks/limits.ts'
import { drawWalkthrough, jsonBlock } from './draw-parts.ts'
import { inWords } from './in-words.ts'

/** Everything about deliveries: what arrives, how to check it, and what happens when it does not arrive. */
export function drawWebhooks(checks: readonly Walkthrough[]): Markup {
  const headers = Object.entries(DELIVERY_HEADERS).map(
    ([name, words]) => html`<div><dt><code>${name}</code></dt><dd>${inWords(words)}</dd></div>`,
  )
  const events = (Object.entries(EVENT_TYPES) as [EventType, string][]).map(
    ([type, words]) => html`<article id="${type}" class="operation" aria-labelledby="${type}-title">
<h3 id="${type}-title">${type}</h3><p>${words}</p>${jsonBlock(exampleDelivery(type))}</article>`,
  )
  return html`<section id="subscribe" class="area" aria-labelledby="subscribe-title"><h2 id="subscribe-title">Subscribe</h2>
<p>With a key whose role is manager or owner, <a href="/docs/reference/webhooks#createSubscription">create a subscription</a> and then <a href="/docs/reference/webhooks#rotateSecret">its secret</a>, which is shown once. Without a secret, deliveries are not signed. On your own machine, <code>arraydrop webhooks listen --forward-to http://localhost:8080/webhooks</code> does both, prints the secret and forwards every event.</p></section>
<section id="headers" class="area" aria-labelledby="headers-title"><h2 id="headers-title">Headers</h2>
<p>A delivery is a POST whose body is a JSON list of one event. It is signed twice; check one of the two. Both use the same secret of 32 characters, but read it differently: Gencove’s signature takes its text as it is, Standard Webhooks decodes it from base64. Libraries of Standard Webhooks take it without a <code>whsec_</code> in front.</p>
<dl class="named">${headers}</dl></section>
<section id="check" class="area" aria-labelledby="check-title"><h2 id="check-title">Check a signature</h2>
<p>Check the raw bytes before you parse them, and refuse what is older than five minutes.</p>
${checks.map(drawWalkthrough)}</section>
<section id="delivery" class="area" aria-labelledby="delivery-title"><h2 id="delivery-title">Delivery</h2><ul class="rules">
<li>Respond with any 2xx within ${TIMEOUT_MS / 1_000} seconds. Do what takes longer afterwards.</li>
<li>Anything else is tried again, up to ${ATTEMPTS_MAX} times in three days, with growing pauses.</li>
<li><code>410</code> switches the whole subscription off, as do ${DISABLE_AFTER_SECONDS / 86_400} days in which every delivery fails. Later events wait until you <a href="/docs/reference/webhooks#changeSubscription">switch it on</a> again. To discard a single event, respond with 2xx.</li>
<li>The events of one sample arrive in order: a later one waits until the earlier one is delivered or given up.</li>
<li>The same event may arrive twice: <code>webhook-id</code> is the same, so remember the ones you have handled.</li>
<li>An event has ids and states only, not your metadata: find the sample by its id, or keep its id when you mint the link.</li></ul></section>
<section id="events" class="area" aria-labelledby="events-title"><h2 id="events-title">Event types</h2>
<p>Each with a payload as it is delivered. New fields may be added. What leads to which event: <a href="/docs/outcomes">outcomes</a>. <code>arraydrop webhooks trigger</code> sends any of them to your subscription.</p>${events}</section>`
}
