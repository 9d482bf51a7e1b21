import {
  type BenchResult,
  isMeasured,
  isWithinBound,
  type Measurement,
  type NotMeasured,
  shownBound,
  shownValue,
} from './measurement.ts'

/** The result for a terminal: one block a figure, what is out of its bound marked, what was not measured said. */
export function printTable(outcomes: BenchResult[]): void {
  for (const outcome of outcomes) {
    if (!isMeasured(outcome)) {
      console.log(`not measured: ${outcome.what}: ${outcome.why}`)
      continue
    }
    const mark = isWithinBound(outcome) ? 'ok  ' : 'OVER'
    console.log(
      `${mark} ${shownValue(outcome).padStart(9)}  ${shownBound(outcome).padEnd(10)} ${outcome.what}`,
    )
    console.log(`${' '.repeat(27)}${outcome.record}`)
  }
}

/** The same as a table in Markdown. */
export function markdownTable(outcomes: BenchResult[]): string {
  const row = (figure: Measurement) =>
    `| ${figure.what} | ${shownBound(figure)} | ${isWithinBound(figure) ? '' : '**over** '}${shownValue(figure)} | ${figure.record} |`
  const missing = outcomes.filter((outcome): outcome is NotMeasured => !isMeasured(outcome))
  return [
    '| what | bound | measured | in plain figures |',
    '|---|---|---|---|',
    ...outcomes.filter(isMeasured).map(row),
    ...missing.map(({ what, why }) => `| ${what} | | not measured | ${why} |`),
  ].join('\n')
}
