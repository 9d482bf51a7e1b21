import { isProblem } from '#lib/problem.ts'

/** What went wrong, as one message a person can act on. */
export function explainFailure(error: unknown): string {
  if (isProblem(error)) {
    const fields = Object.entries(error.fields ?? {}).map(
      ([field, messages]) => `  ${field}: ${messages.join(' ')}`,
    )
    return [`Error: ${error.message}`, ...fields].join('\n')
  }
  return `Error: ${error instanceof Error ? error.message : String(error)}`
}
