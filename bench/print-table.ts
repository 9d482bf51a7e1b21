import {
  type Figure,
  holds,
  isFigure,
  type NotMeasured,
  type Outcome,
  shownBound,
  shownValue,
} from './measurement.ts'

/** The result for a terminal: one block a figure, what is out of its bound marked, what was not measured said. */
export function printTable(outcomes: Outcome[]): void {
  for (const outcome of outcomes) {
    if (!isFigure(outcome)) {
      console.log(`not measured: ${outcome.what}: ${outcome.why}`)
      continue
    }
    const mark = holds(outcome) ? 'ok  ' : 'OVER'
    console.log(
      `${mark} ${shownValue(outcome).padStart(9)}  ${shownBound(outcome).padEnd(10)} ${outcome.what}`,
    )
    console.log(`${' '.repeat(27)}${outcome.record}`)
  }
}

/** The same as a table in Markdown. */
export function markdownTable(outcomes: Outcome[]): string {
  const row = (figure: Figure) =>
    `| ${figure.what} | ${shownBound(figure)} | ${holds(figure) ? '' : '**over** '}${shownValue(figure)} | ${figure.record} |`
  const missing = outcomes.filter((outcome): outcome is NotMeasured => !isFigure(outcome))
  return [
    '| what | bound | measured | in plain figures |',
    '|---|---|---|---|',
    ...outcomes.filter(isFigure).map(row),
    ...missing.map(({ what, why }) => `| ${what} | | not measured | ${why} |`),
  ].join('\n')
}
