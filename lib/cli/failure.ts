import { EXIT } from './exit-code.ts'

type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** A command ends here, with words for a person and an exit code for a program. */
export class Failure extends Error {
  readonly exitCode: ExitCode
  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Failure'
    this.exitCode = exitCode
  }
}

/** What was typed makes no sense. */
export const misused = (message: string) => new Failure(EXIT.usage, message)
