import { fstatSync } from 'node:fs'
import type { Logger } from 'pino'
import { systemdEnv } from './env.ts'
import { StartRefusal } from './start-refusal.ts'

/**
 * The last words of a process that cannot go on. A refusal to start has no stack: it is plain text on standard error where people read
 * that (a terminal, the journal of systemd) and one line of the log elsewhere, where programs collect it. Anything else is a line of
 * the log, stack included.
 */
export function sayWhyEnded(
  error: unknown,
  log: Logger,
  { toPeople = isReadByPeople(), write = (text: string): unknown => process.stderr.write(text) } = {},
): void {
  if (!(error instanceof StartRefusal)) {
    log.fatal({ err: error }, error instanceof Error ? error.message : 'This process cannot continue.')
  } else if (toPeople || !log.isLevelEnabled('fatal')) write(`${error.message}\n`)
  else log.fatal(error.message)
}

/** systemd names the stream to its journal, which a process may have replaced since. */
function isReadByPeople({ JOURNAL_STREAM } = systemdEnv()): boolean {
  if (process.stderr.isTTY) return true
  if (!JOURNAL_STREAM) return false
  const { dev, ino } = fstatSync(process.stderr.fd)
  return JOURNAL_STREAM === `${dev}:${ino}`
}
