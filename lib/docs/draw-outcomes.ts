import { html, type Markup } from '#lib/analysis/report/markup.ts'
import { isTestFileName, testFileName } from '#lib/genotype/fixtures/test-files.ts'
import { FILE_REASONS } from '#lib/genotype/reason.ts'
import { DETAILS_OF } from '#lib/genotype/reason-details.ts'
import { TEST_LINK_SECONDS_MAX, TEST_UPLOAD_WINDOW_SECONDS } from '#lib/sessions/limits.ts'
import { OUTCOMES } from '#lib/sessions/outcomes.ts'

const code = (text: string | null) => (text === null ? html`–` : html`<code>${text}</code>`)

/** Every way a link can turn out, and how to have it. */
export function drawOutcomes(): Markup {
  const rows = Object.entries(OUTCOMES).map(
    ([name, { words, status, event, reason, detail }]) =>
      html`<tr><th scope="row">${fileLink(name)}</th><td>${words}</td><td>${code(status)}</td><td>${code(event)}</td><td>${code(reason)}</td><td>${code(detail)}</td></tr>`,
  )
  const details = FILE_REASONS.map(
    (reason) =>
      html`<div><dt><code>${reason}</code></dt><dd>${DETAILS_OF[reason].length === 0 ? 'no detail' : DETAILS_OF[reason].join(', ')}</dd></div>`,
  )
  return html`<section id="table" class="area" aria-labelledby="table-title"><h2 id="table-title">What you see of each</h2>
<p><code>arraydrop demo --outcome edited</code> leads a link to the outcome of that name. To try the page itself, choose one of the files below in it: they are synthetic, of nobody. The page looks at a file before it sends it: what it refuses there is in the timeline of the session (<code>refused_in_browser</code>), and the event is <code>array_data_upload_left</code> with the same reason once the person leaves. What only the server finds is <code>array_data_upload_rejected</code>. Of <code>link-invalid</code> and <code>already-uploaded</code> only the page is told: the command prints it as <code>refusal</code>.</p>
<table class="fields outcomes"><thead><tr><th scope="col">Outcome</th><th scope="col">What happens</th><th scope="col">Status</th><th scope="col">Event</th><th scope="col">Reason</th><th scope="col">Detail</th></tr></thead><tbody>${rows}</tbody></table>
<p>Every change of the status is a <code>sample_status_changed</code> event, too. A refused file does not end the session: the person may choose another one until the deadline.</p></section>
<section id="test-projects" class="area" aria-labelledby="test-projects-title"><h2 id="test-projects-title">Test projects</h2>
<p>A project that was created with <code>"test": true</code> is for trying out an integration, beside others that receive real files. It can never become or cease to be one. Its links can be opened for ${TEST_LINK_SECONDS_MAX / 60} minutes and stay open for ${TEST_UPLOAD_WINDOW_SECONDS / 60}; <a href="/docs/reference/upload-sessions#advanceSession"><code>array-data-upload-form/{sample_id}/advance</code></a> lets time pass for one of them, so that you see it expire without waiting; the upload page and the console say that it is a test; and every sample is deleted a day after it was created.</p></section>
<section id="details" class="area" aria-labelledby="details-title"><h2 id="details-title">Details by reason</h2><p>The lists are closed: nothing in them is ever renamed.</p><dl class="named">${details}</dl></section>`
}

const fileLink = (name: string): Markup =>
  isTestFileName(name) && name !== 'too-large'
    ? html`<a href="/docs/test-files/${testFileName(name)}" download>${name}</a>`
    : html`${name}`
