import { type DestinationStream, type Logger, pino } from 'pino'
import type { Env } from './env.ts'

const HIDDEN = '[hidden]'
/** How many nested causes a line includes. */
const CAUSES_MAX = 3

/** Names of fields and parameters that hold a secret end like this. */
const SECRET = '(?:authorization|cookie|token|key|secret|password|signature|jti)'

/**
 * What is cut out of a finished line, so that it holds at every depth, in messages and in stacks. Each of these reads
 * a line once, however a stranger made it: no pattern begins at a place that another match of it could run over.
 */
const SECRETS: [pattern: RegExp, shown: string][] = [
  // The value of a field, a string or a list, as JSON writes it.
  [new RegExp(`(${SECRET}":)(?:"(?:[^"\\\\]|\\\\.)*"|\\[[^\\]]*\\])`, 'gi'), `$1"${HIDDEN}"`],
  // The same within a string.
  [new RegExp(`(${SECRET}\\\\":\\s?\\\\")[^"\\\\]+`, 'gi'), `$1${HIDDEN}`],
  // A parameter of a URL or a form.
  [new RegExp(`(${SECRET}(?:=|%3d))[^&\\s"'\\\\]+`, 'gi'), `$1${HIDDEN}`],
  [/((?:bearer|api-key)\s{1,3})[^\s"'\\]+/gi, `$1${HIDDEN}`],
  // A link token is a JWT, and begins with the base64url of `{"`.
  [/(?<![\w-])eyJ[\w-]*\.[\w-]+\.[\w-]*/g, HIDDEN],
  // The password of a URL.
  [/(:\/\/[^\s"'/@:]{0,256}:)[^\s"'/@]{1,1024}@/g, `$1${HIDDEN}@`],
]

/**
 * JSON lines on standard output, or on `stream`. No secret reaches a line: fields that hold one are replaced, and what
 * looks like a link token, an API key or a password in a URL is cut out of every text. Lines are written before the
 * call returns, so the last words of a process that dies are there.
 */
export function createLog(
  { logLevel }: Pick<Env, 'logLevel'>,
  stream?: DestinationStream,
  /** Fields added to every line: the span it was written in. */
  mixin: () => object = () => ({}),
): Logger {
  const options = {
    mixin,
    level: logLevel,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError, error: describeError },
    hooks: { streamWrite: hideSecrets },
  }
  return stream ? pino(options, stream) : pino(options)
}

/**
 * An address that may be logged: names of query parameters stay, their values go, and so do user-info and fragment.
 * The values are tokens, but also search terms.
 */
export function redactUrl(url: string): string {
  const [address = '', ...query] = url.replace(/#.*$/s, '').split('?')
  const shown = address.replace(/^([a-z][a-z0-9+.-]*:)?\/\/[^/]*@/i, '$1//')
  if (query.length === 0) return hideSecrets(shown)
  const names = query.join('?').split('&').map(nameOnly)
  return hideSecrets(`${shown}?${names.join('&')}`)
}

function nameOnly(parameter: string): string {
  const equals = parameter.indexOf('=')
  // A parameter without a name is a value.
  return equals > 0 ? `${parameter.slice(0, equals)}=${HIDDEN}` : HIDDEN
}

function hideSecrets(text: string): string {
  return SECRETS.reduce((rest, [pattern, shown]) => rest.replace(pattern, shown), text)
}

/**
 * Name, code, stack and cause; never the other fields, where PostgreSQL's errors quote whole rows. Some libraries
 * report plain objects with the fields of an error.
 */
function describeError(thrown: unknown, depth = 0): unknown {
  if (typeof thrown !== 'object' || thrown === null) return { message: String(thrown) }
  const { name, code, message, stack, cause } = thrown as Partial<Error> & { code?: unknown }
  const why = cause === undefined || depth >= CAUSES_MAX ? undefined : describeError(cause, depth + 1)
  return { type: name, code, message, stack, cause: why }
}
