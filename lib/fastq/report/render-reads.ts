import { countText, shareText } from '#lib/analysis/report/figures.ts'
import { html, type Markup } from '#lib/analysis/report/markup.ts'
import { plotCounts } from './plot-counts.ts'
import { plotCycles } from './plot-cycles.ts'
import type { CountColumn, ReadsFigures } from './reads-figures.ts'

/** What a file is called among those of its sample. */
export const nameReads = ({ read }: ReadsFigures, isPaired: boolean): string => (isPaired ? read : 'Reads')

/** The numbers of a file in words, each with what it rests on. */
export function describeReads(file: ReadsFigures): [name: string, value: string, more: string][] {
  const { length } = file
  const isEven = length.min === length.max
  return [
    ['Reads', countText(file.reads), ''],
    ['Bases', countText(file.bases), `${countText(file.bytes)} bytes packed`],
    [
      'Length',
      countText(isEven ? length.min : Math.round(length.mean)),
      isEven ? 'every read' : `on average, ${countText(length.min)} to ${countText(length.max)}`,
    ],
    ['Quality', file.meanQuality.toFixed(1), 'mean of all bases'],
    ['Bases of quality 30', shareText(file.q30Share), `${shareText(file.q20Share)} of quality 20`],
    ['G and C', shareText(file.gcShare), 'of the bases that were called'],
    ['Not called', shareText(file.ambiguousShare), 'N and ambiguous letters'],
    ['Duplicates', shareText(file.duplicateShare), 'estimated share of reads'],
  ]
}

/** The drawings of a file: quality by cycle, and reads by quality, by G and C, and by length where they differ. */
export function renderReads(file: ReadsFigures, isPaired: boolean): Markup {
  const name = nameReads(file, isPaired)
  return html`<figure>
    <figcaption><h3>Quality by cycle</h3>
    <p>Light: the qualities of four reads in five. Dark: of the middle half. Line: the median.</p></figcaption>
    ${plotCycles(file, `Quality by cycle of ${name}. The numbers stand in fastq-qc-json.`)}
  </figure>
  <div class="plots">
    ${renderColumns('Mean quality', 'Reads by their mean quality.', valuesOf(file.byMeanQuality))}
    ${renderColumns('G and C', 'Reads by their share of G and C, in per cent.', valuesOf(file.byGcPercent))}
    ${file.length.min < file.length.max ? renderColumns('Length', 'Reads by their length, in bases.', file.lengths) : undefined}
  </div>`
}

const renderColumns = (title: string, words: string, columns: readonly CountColumn[]): Markup => html`<figure>
  <figcaption><h3>${title}</h3><p>${words}</p></figcaption>
  ${plotCounts(columns, `${title}. ${words} The numbers stand in fastq-qc-json.`)}
</figure>`

const valuesOf = (counts: readonly number[]): CountColumn[] =>
  counts.map((reads, value) => ({ value, reads }))
