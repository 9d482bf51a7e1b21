import { html } from './markup.ts'

/** The whole look of the report: it must read without anything beside it. Colours are named for their role. */
export const REPORT_STYLE = html`<style>
:root {
  color-scheme: light dark;
  --page: #ffffff; --sunken: #f6f8f7; --line: #d3dcd8; --text: #14211d; --quiet: #4d5f59;
  --mark: #0a6350; --mark-soft: #bfe0d5; --limit: #9d2a1f;
  --good: #0a6350; --good-soft: #e3f1ec; --bad: #9d2a1f; --bad-soft: #fcefec; --note: #7a4a00; --note-soft: #fff3db;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1412; --sunken: #161f1c; --line: #31403b; --text: #e8f0ed; --quiet: #a7b8b2;
    --mark: #6bd3b6; --mark-soft: #1f4a3e; --limit: #ffb0a5;
    --good: #6bd3b6; --good-soft: #17332b; --bad: #ffb0a5; --bad-soft: #381b17; --note: #f5cd86; --note-soft: #33270f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif;
}
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem 3rem; }
h1, h2, h3, p, ul, dl, dd, figure { margin: 0; padding: 0; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.01em; }
h2 { font-size: 1.2rem; margin: 2.75rem 0 0.25rem; }
h3 { font-size: 1rem; }
.scale h3 { font-size: 0.95rem; font-weight: 400; margin-bottom: 0.25rem; }
.quiet { color: var(--quiet); }
.ids { font-size: 0.85rem; margin-top: 0.35rem; overflow-wrap: anywhere; }
.lead { max-width: 44rem; text-wrap: pretty; }
.verdict { border-radius: 0.75rem; padding: 1rem 1.25rem; margin: 1.5rem 0; border: 1px solid currentcolor; }
.verdict h2 { margin: 0; font-size: 1.25rem; display: flex; align-items: center; gap: 0.6rem; }
.verdict svg { flex: none; }
.verdict p, .verdict li { color: var(--text); }
.verdict ul { margin-top: 0.5rem; padding-left: 1.1rem; }
.passed { background: var(--good-soft); color: var(--good); }
.failed { background: var(--bad-soft); color: var(--bad); }
.facts { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1.25rem 1.5rem; }
.facts dt { font-size: 0.85rem; color: var(--quiet); }
.facts dd { font-size: 1.15rem; font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; }
.facts small { display: block; font-weight: 400; font-size: 0.85rem; color: var(--quiet); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); padding-bottom: 0.5rem; }
th, td { text-align: left; vertical-align: top; padding: 0.5rem 0.75rem 0.5rem 0; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
thead th { font-size: 0.85rem; font-weight: 400; color: var(--quiet); vertical-align: bottom; }
tbody th { font-weight: 600; }
tbody th small { display: block; font-weight: 400; color: var(--quiet); max-width: 36rem; }
.checks td { white-space: nowrap; }
.numbers th, .numbers td { padding: 0.2rem 0 0.2rem 0.75rem; text-align: right; white-space: nowrap; font-size: 0.9rem; }
.numbers th:first-child { text-align: left; padding-left: 0; }
.numbers caption { padding-bottom: 0.25rem; font-weight: 600; color: var(--text); }
.counts { align-items: start; }
.counts th { text-align: left; padding-left: 0; font-weight: 400; white-space: normal; }
.scroll { overflow-x: auto; }
.result { white-space: nowrap; }
.result b { display: inline-block; border-radius: 1rem; padding: 0.05rem 0.6rem; font-weight: 600; font-size: 0.85rem; }
.result .passed, .result .failed { border: 1px solid currentcolor; }
.result .note { background: var(--note-soft); color: var(--note); border: 1px solid currentcolor; }
.plots { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem 3rem; margin-top: 1rem; }
figcaption p, section > p.quiet { font-size: 0.9rem; color: var(--quiet); }
.by-chromosome figure { display: grid; grid-row: span 2; grid-template-rows: subgrid; gap: 0; }
.by-chromosome { row-gap: 0; }
.plot { display: block; overflow: visible; width: calc(100% - 88px); margin: 12px 56px 0 32px; }
.plot text { font-size: 12px; fill: var(--text); font-variant-numeric: tabular-nums; }
.plot .name { text-anchor: end; }
.plot .figure { text-anchor: end; fill: var(--quiet); }
.plot .tick { text-anchor: middle; fill: var(--quiet); font-size: 11px; }
.grid, .row { stroke: var(--line); stroke-width: 1; }
.row { stroke-dasharray: 1 3; }
.bar, .dot, .off { fill: var(--mark); }
.edge { overflow: visible; }
.dot { stroke: var(--page); stroke-width: 1.5; }
.threshold { stroke: var(--limit); stroke-width: 1.5; stroke-dasharray: 5 3; }
.level-0 { fill: var(--page); }
.level-1, .level-2, .level-3, .level-4, .level-5 { fill: var(--mark); }
.level-1 { fill-opacity: 0.14; } .level-2 { fill-opacity: 0.32; } .level-3 { fill-opacity: 0.52; }
.level-4 { fill-opacity: 0.74; }
.outline { fill: none; stroke: var(--quiet); stroke-width: 0.75; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 0.15rem 1.1rem; font-size: 0.85rem; color: var(--quiet); margin-top: 0.75rem; }
.legend li { display: flex; align-items: center; gap: 0.4rem; }
.plot.sex { width: 100%; margin: 0; }
.sex .zone { fill: var(--mark-soft); }
.sex .undecided { fill: var(--sunken); stroke: var(--line); }
.sex .needle { stroke: var(--mark); stroke-width: 2; }
.sex .tick { text-anchor: middle; }
.sex .tick.first { text-anchor: start; }
.sex .tick.last { text-anchor: end; }
.sex .end { text-anchor: end; }
footer { margin-top: 2.75rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 0.85rem; color: var(--quiet); }
:focus-visible { outline: 3px solid var(--text); outline-offset: 2px; }
@media (max-width: 42rem) {
  main { padding-top: 1.5rem; }
  .facts { grid-template-columns: 1fr 1fr; }
  .plots { grid-template-columns: 1fr; }
  .by-chromosome figure + figure { margin-top: 1.5rem; }
  .checks small { display: none; }
  .checks th, .checks td { font-size: 0.85rem; padding-right: 0.25rem; }
  .checks .result b { padding: 0.05rem 0.45rem; font-size: 0.8rem; }
}
@media print {
  :root {
    color-scheme: light;
    --page: #ffffff; --sunken: #f6f8f7; --line: #c4cfca; --text: #14211d; --quiet: #4d5f59;
    --mark: #0a6350; --mark-soft: #bfe0d5; --limit: #9d2a1f;
    --good: #0a6350; --good-soft: #e3f1ec; --bad: #9d2a1f; --bad-soft: #fcefec; --note: #7a4a00; --note-soft: #fff3db;
  }
  /* Two pages: what was asked and how the chromosomes look; then sex, density and every count. */
  @page { size: A4; margin: 11mm 13mm; }
  body { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; zoom: 0.60; }
  h2 { margin-top: 1.1rem; break-after: avoid; }
  figure, .verdict, .facts, .scale, tr { break-inside: avoid; }
  .verdict { margin: 0.9rem 0; padding: 0.7rem 1rem; }
  .facts { gap: 0.7rem 1.5rem; }
  .checks th, .checks td { padding-top: 0.2rem; padding-bottom: 0.2rem; }
  .checks tbody small, .density-words { display: none; }
  .plots { margin-top: 0.5rem; }
  .new-page { break-before: auto; margin-top: 0; }
  .second { break-before: page; }
  .scroll { overflow: visible; }
  .counts { grid-template-columns: repeat(4, 1fr); gap: 0.5rem 1.5rem; }
  .counts th { white-space: normal; }
  .numbers th, .numbers td, .counts th, .counts td { padding-top: 0; padding-bottom: 0; line-height: 1.25; }
  footer { margin-top: 0.8rem; padding-top: 0.4rem; }
}
</style>`
