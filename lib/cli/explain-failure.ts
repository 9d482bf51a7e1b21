import { CommanderError } from 'commander'
import { isProblem } from '#lib/problem.ts'
import { EXIT } from './exit-code.ts'
import { Failure } from './failure.ts'

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

/** What a command ends with after it threw. Commander has said its own words by then. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  return error instanceof Failure ? error.exitCode : EXIT.refused
}
