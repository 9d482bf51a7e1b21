import { APPS } from '../device.ts'
import { KEPT_KEY, LINK_KEY, NOTICE_ID, PANEL_ID, START_MS_MAX, TOKEN_IN_LINK } from './early-visit.ts'
import { FILL_GAPS_SCRIPT } from './fill-gaps.ts'

/**
 * The first script of the page, in ES5, because it has to speak where no other script runs: an engine that is too old, a
 * blocked or missing script, a wrong address. It also keeps files that were dropped or chosen before the page could take
 * them: otherwise the browser would leave the page to show a dropped file. And it takes the token out of the address bar:
 * what stays names the sample, which opens nothing, and lets the server choose language and framing as before. The link
 * is kept in this entry of the history, which survives a reload, and in the tab's storage where there is one, for an
 * address that is entered again. A sandbox without an origin has neither, so its address stays. In another app's browser
 * the token moves behind the `#`: that app's "Open in browser" passes the address on. A link that is opened in its own tab
 * changes nothing but the fragment there: the page is loaded again, unless a file of the same sample is under way.
 *
 * The notice names one cause, the same whenever it is asked for: what the page is shut in, then its address, then the line.
 *
 * In a frame a link counts only if it is of `sample`, whose project's `frame-ancestors` the server has sent: it does not
 * see a fragment, and what it reads of a query is not always what a browser finds there.
 */
export const startScript = (publicUrl: string, sample: string): string =>
  `${FILL_GAPS_SCRIPT};(${START})(window,document,${inScript({
    key: KEPT_KEY,
    notice: NOTICE_ID,
    panel: PANEL_ID,
    link: LINK_KEY,
    token: TOKEN_IN_LINK.source,
    apps: APPS.source,
    sample,
    patience: START_MS_MAX,
    publicUrl,
  })})`

const START = `function(w,d,c){
var s=w[c.key]={files:[],boxed:w.origin==="null",query:""},token=new RegExp(c.token),framed=w.parent!==w;
function sampleOf(t){try{return /^[0-9a-f-]{36}$/.exec(JSON.parse(atob(t.split(".")[1].replace(/-/g,"+").replace(/_/g,"/"))).sub)[0]}catch(e){return ""}}
function recall(l){
var id=/[?&]sample=([0-9a-f-]{36})/.exec(l.search);
try{if(history.state&&history.state[c.link])return history.state[c.link]}catch(e){}
try{return !framed&&id&&sessionStorage.getItem(c.link+id[1])||""}catch(e){return ""}
}
function tokenIn(q){return decodeURIComponent((token.exec(q)||["",""])[1])}
function arrive(l){
var q=l.search+l.hash,t=tokenIn(q),lang=/[?&]lang=[A-Za-z0-9-]+/.exec(l.search),id,state={};
s.query=t?q:recall(l);
id=sampleOf(tokenIn(s.query));
if(framed&&id!==c.sample)s.query="";
if(!t||!id||!s.query||s.boxed)return;
try{framed||sessionStorage.setItem(c.link+id,q)}catch(e){}
state[c.link]=q;
try{history.replaceState(state,"",l.pathname+"?sample="+id+(lang?"&"+lang[0].slice(1):"")+(new RegExp(c.apps).test(navigator.userAgent)?"#token="+t:""))}catch(e){}
}
arrive(location);
w.addEventListener("hashchange",function(){
var t=tokenIn(location.hash);
if(!t)return;
if(s.busy&&sampleOf(t)===sampleOf(tokenIn(s.query)))arrive(location);else location.reload();
});
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
for(i=0;i<a.length;i++)a[i].href=(a[i].getAttribute("data-elsewhere")!==null?c.publicUrl:"")+location.pathname+(s.query||location.search);
n.hidden=false;if(p)p.style.display="none";
}
s.late=function(){show(s.boxed?"boxed":location.origin===c.publicUrl?"late":"elsewhere")};
s.timer=setTimeout(s.late,c.patience);
if(s.boxed)d.addEventListener("DOMContentLoaded",s.late);
}`.replaceAll('\n', '')

/** JSON that cannot end the script element. */
const inScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c')
