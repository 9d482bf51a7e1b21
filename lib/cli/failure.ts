import { CommanderError } from 'commander'
import { isProblem } from '#lib/problem.ts'

type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Ends a command, with a message for people and an exit code for programs. */
export class Failure extends Error {
  readonly exitCode: ExitCode
  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Failure'
    this.exitCode = exitCode
  }
}

/** A failure for arguments that make no sense. */
export const misused = (message: string) => new Failure(EXIT.usage, message)

/** Exit codes of commands. Part of the interface: never renumbered. */
export const EXIT = {
  ok: 0,
  refused: 1,
  usage: 2,
  unreachable: 3,
  /** A sample did not succeed, or did not end in time. */
  notSucceeded: 4,
  /** A checksum or a signature is wrong. */
  notGenuine: 5,
} as const

export const EXIT_CODES_HELP = `
Exit codes:
  0  done
  1  the service refused, or something failed here
  2  the command was not understood
  3  the service cannot be reached
  4  the sample did not succeed, or did not end in time
  5  a checksum or a signature is wrong`

/** The error as a message that people can act on. */
export function explainFailure(error: unknown): string {
  if (isProblem(error)) {
    const fields = Object.entries(error.fields ?? {}).map(
      ([field, messages]) => `  ${field}: ${messages.join(' ')}`,
    )
    return [`Error: ${error.message}`, ...fields].join('\n')
  }
  return `Error: ${error instanceof Error ? error.message : String(error)}`
}

/** The same for programs, on one line. */
export function failureAsJson(error: unknown): string {
  const message = explainFailure(error).replace(/^Error: (error: )?/, '')
  const status = error instanceof Error && 'status' in error ? { status: error.status } : {}
  return JSON.stringify({ error: message, exit_code: exitCodeOf(error), ...status })
}

/** The exit code of a command that threw. Commander has printed its own message by then. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  return error instanceof Failure ? error.exitCode : EXIT.refused
}
