const NOT_RUN_NAMED_MAX = 30

/** Print the table of suites, the browsers that ran, what could not run here and, as the last line, the totals. Returns whether everything passed. */
export function printResults(results) {
  const name = Math.max(...results.map((result) => result.name.length))
  console.log('')
  for (const { name: suite, passed, failed, seconds, note } of results) {
    const counts = `${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed`
    console.log(
      `${suite.padEnd(name)} ${counts} ${seconds.toFixed(1).padStart(7)} s${note ? `  ${note}` : ''}`,
    )
  }
  const engines = results.flatMap((result) => result.engines ?? [])
  if (engines.length > 0) console.log(`engines that ran: ${engines.join(', ')}`)
  const notRun = [...new Set(results.flatMap((result) => result.notRun))]
  for (const what of notRun.slice(0, NOT_RUN_NAMED_MAX)) console.log(`not run: ${what}`)
  if (notRun.length > NOT_RUN_NAMED_MAX) console.log(`not run: ${notRun.length - NOT_RUN_NAMED_MAX} more`)
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0)
  console.log(`${total('passed')} passed, ${total('failed')} failed`)
  return total('failed') === 0
}
