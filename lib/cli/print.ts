/** Print an answer: as one line of JSON for programs, or as `name  value` lines for people. */
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
