import { html, type Markup, unescaped } from '#lib/analysis/report/markup.ts'
import { directionOf } from '#lib/wire/pick-language.ts'
import { CHECK_NAMES, type Check, meaningOf } from '../finding.ts'
import type { DoctorWords, Said } from '../words/words.ts'

/** Where the page, its files and its requests are. */
export const DOCTOR_PAGE = '/doctor'
export const DOCTOR_SCRIPT = '/doctor/page.js'
export const DOCTOR_STYLE = '/doctor/page.css'
export const DOCTOR_WORKER = '/doctor/worker.js'

/** The page, with a slash or without, and its files, and nothing else below. */
export const isDoctorPath = (pathname: string): boolean =>
  [DOCTOR_PAGE, `${DOCTOR_PAGE}/`, DOCTOR_SCRIPT, DOCTOR_STYLE, DOCTOR_WORKER].includes(pathname)

/** Without any sign of the script by then, the page says that it does not run. */
const START_MS_MAX = 8_000

/**
 * The first script, in ES5: it speaks where the other one does not parse, does not arrive or does not start. A fault of
 * the other one shows it at once. Where a policy stops this one, too, the style sheet shows the same notice in the end.
 */
const START_SCRIPT = `(function(w,d){
function show(){if(w.arraydropDoctor)return;var n=d.getElementById("not-started"),p=d.getElementById("started");if(n)n.className="notice";if(p)p.hidden=true}
w.addEventListener("error",function(e){if(e.target===w||e.target.tagName==="SCRIPT")setTimeout(show,0)},true);
setTimeout(show,${START_MS_MAX});
})(window,document)`.replaceAll('\n', '')

/**
 * The page, the same for everyone but for its nonce and its language. All that it may say is in it: the script only shows
 * what applies. In English the words are the ones which the console shows.
 */
export function drawDoctorPage(nonce: string, publicUrl: string, words: DoctorWords): string {
  const { locale, title, lead, notStarted, noScript, script, chooser, keep } = words
  const said = JSON.stringify({ locale, ...script })
  const page = html`<!doctype html><html lang="${locale}" dir="${directionOf(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title} – Arraydrop</title><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="${DOCTOR_STYLE}"><script nonce="${nonce}">${unescaped(START_SCRIPT)}</script></head>
<body data-public-url="${publicUrl}" data-worker="${DOCTOR_WORKER}" data-words="${said}"><main class="page">
<h1>${title}</h1>
<p class="lead">${lead}</p>
<div id="not-started" class="notice late" role="alert"><p><strong>${notStarted.what}</strong></p><p>${notStarted.mend}</p></div>
<noscript><div class="notice" role="alert"><p><strong>${noScript.what}</strong></p><p>${noScript.mend}</p></div></noscript>
<div id="started" hidden>
<p id="summary" class="summary" role="status">${script.trying}</p>
<ul id="to-change" class="findings"></ul>
<section class="card" aria-labelledby="try-title"><h2 id="try-title">${chooser.title}</h2><p>${chooser.text}</p><p><label class="button"><input id="chooser" type="file">${chooser.button}</label></p></section>
<section class="card" aria-labelledby="keep-title"><h2 id="keep-title">${keep.title}</h2><p>${keep.text}</p><p><button id="keep" type="button" class="button" disabled>${keep.button}</button></p><p id="code" class="code" role="status" hidden></p><p id="not-kept" class="notice" role="alert" hidden>${keep.failed}</p></section>
<ul id="findings" class="findings">${CHECK_NAMES.map((check) => drawCheck(check, words))}</ul>
</div></main><script nonce="${nonce}" src="${DOCTOR_SCRIPT}" defer></script></body></html>`
  return page.toString()
}

/** In the place of the page, for an address that asks too often. Without any script. */
export function drawBusyPage({ locale, title, busy }: DoctorWords): string {
  const page = html`<!doctype html><html lang="${locale}" dir="${directionOf(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title} – Arraydrop</title><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="${DOCTOR_STYLE}"></head>
<body><main class="page"><h1>${title}</h1><div class="notice" role="alert"><p><strong>${busy.what}</strong></p><p>${busy.mend}</p></div></main></body></html>`
  return page.toString()
}

function drawCheck(check: Check, { checks, levels }: DoctorWords): Markup {
  const { title, findings } = checks[check]
  return html`<li class="card" data-check="${check}" hidden><h2>${title}</h2>${Object.entries(findings).map(
    ([finding, said]: [string, Said]) => {
      const [words, change] = typeof said === 'string' ? [said] : said
      const { level } = meaningOf(check, finding)!
      return html`<div data-finding="${finding}" data-level="${level}" hidden><p class="level">${levels[level]}</p><p data-words>${words}</p>${change && html`<p class="change">${change}</p>`}</div>`
    },
  )}</li>`
}
