/** Print a result: as one line of JSON for programs, or as `name  value` lines for people. */
export function print(answer: Record<string, unknown>, { json }: { json?: boolean }): void {
  const width = Math.max(...Object.keys(answer).map((name) => name.length))
  const text = json
    ? JSON.stringify(answer)
    : Object.entries(answer)
        .map(
          ([name, value]) =>
            `${name.padEnd(width)}  ${typeof value === 'string' ? value : JSON.stringify(value)}`,
        )
        .join('\n')
  process.stdout.write(`${text}\n`)
}

/** Print a list: as one JSON array for programs, or as a line of columns for each item, some of which may be missing at its end. `none` is printed for an empty list. */
export function printList<Item>(
  items: readonly Item[],
  columns: (item: Item) => string[],
  { json, none }: { json?: boolean | undefined; none: string },
): void {
  if (json) return void process.stdout.write(`${JSON.stringify(items)}\n`)
  if (items.length === 0) return void process.stderr.write(`${none}\n`)
  const rows = items.map((item) => columns(item).map(oneLine))
  const count = Math.max(...rows.map((row) => row.length))
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  for (const row of rows) {
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd()}\n`,
    )
  }
}

/** Names come from outside, so no control character of theirs may reach the terminal. */
export const oneLine = (text: string): string => text.replace(/\p{C}/gu, ' ')
