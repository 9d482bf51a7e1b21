import { html, type Markup, unescaped } from '#lib/analysis/report/markup.ts'
import { CHECK_NAMES, CHECKS, type Check, type Level } from '../finding.ts'

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

/** How each level is called beside its finding. */
export const LEVEL_WORDS: Record<Level, string> = {
  works: 'Works',
  falls_back: 'Falls back',
  fails: 'Must change',
  untried: 'Not tried',
}

/**
 * The first script, in ES5: it speaks where the other one does not parse, does not arrive or does not start. A fault of
 * the other one shows it at once.
 */
const START_SCRIPT = `(function(w,d){
function show(){if(w.arraydropDoctor)return;var n=d.getElementById("not-started"),p=d.getElementById("started");if(n)n.hidden=false;if(p)p.hidden=true}
w.addEventListener("error",function(e){if(e.target===w||e.target.tagName==="SCRIPT")setTimeout(show,0)},true);
setTimeout(show,${START_MS_MAX});
})(window,document)`.replaceAll('\n', '')

/**
 * The page, the same for everyone but for its nonce. All that it may say is in it: the script only shows what applies, so
 * that the words are the ones which the console shows.
 */
export function drawDoctorPage(nonce: string, publicUrl: string): string {
  const page = html`<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>Doctor – Arraydrop</title><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="${DOCTOR_STYLE}"><script nonce="${nonce}">${unescaped(START_SCRIPT)}</script></head>
<body data-public-url="${publicUrl}" data-worker="${DOCTOR_WORKER}"><main class="page">
<h1>Doctor</h1>
<p class="lead">What an upload needs, tried in this browser, in these surroundings and on this network. Nothing about you is read, and a file that you choose here is not sent.</p>
<div id="not-started" class="notice" role="alert" hidden><p><strong>The script of this page does not run here.</strong></p><p>The upload page would not run either. The browser or WebView may be older than the oldest that is supported (Safari 15.4, Chrome 90, Edge 90, Firefox 91), or something blocks scripts from this address. Update it, allow scripts, or open the page in another browser.</p></div>
<noscript><div class="notice" role="alert"><p><strong>Scripts are switched off here.</strong></p><p>The upload page needs them. In an Android WebView, call setJavaScriptEnabled(true). In a frame, add allow-scripts to its sandbox attribute.</p></div></noscript>
<div id="started" hidden>
<p id="summary" class="summary" role="status">Trying …</p>
<ul id="to-change" class="findings"></ul>
<section class="card" aria-labelledby="try-title"><h2 id="try-title">Try the file chooser</h2><p>Choose any file, best one that is stored in a cloud, such as Google Drive or iCloud. It is read here and not sent.</p><p><label class="button"><input id="chooser" type="file">Choose a file</label></p></section>
<section class="card" aria-labelledby="keep-title"><h2 id="keep-title">Show the result to the people who run this service</h2><p>They see it in their console, under Doctor, by the code that you get here. It holds what stands on this page and the name of the browser, and is deleted after a day.</p><p><button id="keep" type="button" class="button" disabled>Get a code</button></p><p id="code" class="code" role="status" hidden></p><p id="not-kept" class="notice" role="alert" hidden>The result could not be kept. Try again in a minute.</p></section>
<ul id="findings" class="findings">${CHECK_NAMES.map(drawCheck)}</ul>
</div></main><script nonce="${nonce}" src="${DOCTOR_SCRIPT}" defer></script></body></html>`
  return page.toString()
}

function drawCheck(check: Check): Markup {
  const { title, findings } = CHECKS[check]
  const meanings = Object.entries(
    findings as Record<string, { level: Level; words: string; change?: string }>,
  )
  return html`<li class="card" data-check="${check}" hidden><h2>${title}</h2>${meanings.map(
    ([finding, { level, words, change }]) =>
      html`<div data-finding="${finding}" data-level="${level}" hidden><p class="level">${LEVEL_WORDS[level]}</p><p data-words>${words}</p>${change && html`<p class="change">${change}</p>`}</div>`,
  )}</li>`
}
