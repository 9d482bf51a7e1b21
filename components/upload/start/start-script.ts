import { KEPT_KEY, NOTICE_ID, PANEL_ID } from './early-visit.ts'
import { FILL_GAPS_SCRIPT } from './fill-gaps.ts'

/** After this the page says that it has not started. */
const START_MS_MAX = 10_000

/**
 * The first script of the page, in ES5, because it has to speak where no other script runs: an engine that is too old, a
 * blocked or missing script, a wrong address. It also keeps files that were dropped or chosen before the page could take
 * them: otherwise the browser would leave the page to show a dropped file.
 */
export const startScript = (publicUrl: string): string =>
  `${FILL_GAPS_SCRIPT};(${START})(window,document,${inScript({
    key: KEPT_KEY,
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
