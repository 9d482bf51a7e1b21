import { FILL_GAPS_SCRIPT } from './fill-gaps.ts'

/** Ids of the two parts of the page that the script below shows or hides. */
export const NOTICE_ID = 'start-notice'
export const PANEL_ID = 'upload-panel'
/** What the script keeps on the window. */
const KEY = 'arraydropStart'

/** After this the page says that it has not started. */
const START_MS_MAX = 10_000

/**
 * The first script of the page, in ES5, because it has to speak where no other script runs: an engine that is too old, a
 * blocked or missing script, a wrong address. It also keeps files that were dropped or chosen before the page could take
 * them: otherwise the browser would leave the page to show a dropped file.
 */
export const startScript = (publicUrl: string): string =>
  `${FILL_GAPS_SCRIPT};(${START})(window,document,${inScript({
    key: KEY,
    notice: NOTICE_ID,
    panel: PANEL_ID,
    patience: START_MS_MAX,
    publicUrl,
  })})`

const START = `function(w,d,c){
var s=w[c.key]={files:[],boxed:w.origin==="null"};
function keep(f){if(!s.taken&&f&&f.length)s.files=[].slice.call(f)}
w.addEventListener("dragover",function(e){e.preventDefault()});
w.addEventListener("drop",function(e){e.preventDefault();if(e.dataTransfer)keep(e.dataTransfer.files)});
d.addEventListener("change",function(e){if(e.target.type==="file")keep(e.target.files)},true);
function show(why){
var n=d.getElementById(c.notice),p=d.getElementById(c.panel),i,a;
if(!n)return;
a=n.querySelectorAll("[data-when]");
for(i=0;i<a.length;i++)a[i].hidden=a[i].getAttribute("data-when")!==why;
a=n.querySelectorAll("a");
for(i=0;i<a.length;i++)a[i].href=(a[i].getAttribute("data-elsewhere")!==null?c.publicUrl:"")+location.pathname+location.search;
n.hidden=false;if(p)p.style.display="none";
}
function late(){show(location.origin===c.publicUrl||s.boxed?"late":"elsewhere")}
s.timer=setTimeout(late,c.patience);
if(s.boxed)d.addEventListener("DOMContentLoaded",function(){show("boxed")});
}`.replaceAll('\n', '')

/** JSON that cannot end the script element. */
const inScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c')

interface Kept {
  files: File[]
  taken?: boolean
  boxed: boolean
  timer?: ReturnType<typeof setTimeout>
}

const kept = (): Kept | undefined => (window as { [KEY]?: Kept })[KEY]

/**
 * Call when the page runs. Takes a notice back that came too early. Returns false where nothing can work: a sandbox without
 * an origin of its own, which the notice explains.
 */
export function pageStarted(): boolean {
  const start = kept()
  if (start?.boxed) return false
  clearTimeout(start?.timer)
  const [notice, panel] = [document.getElementById(NOTICE_ID), document.getElementById(PANEL_ID)]
  if (notice) notice.hidden = true
  if (panel) panel.style.display = ''
  return true
}

/** Returns the files that were dropped or chosen before the page could take them, once. */
export function takeEarlyFiles(): File[] {
  const start = kept()
  if (!start) return []
  const { files } = start
  Object.assign(start, { files: [], taken: true } satisfies Partial<Kept>)
  return files
}
