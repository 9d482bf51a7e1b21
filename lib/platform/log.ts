import { type DestinationStream, type Logger, pino } from 'pino'
import type { Env } from '#lib/platform/env.ts'

const HIDDEN = '[hidden]'
/** Causes of causes that one line tells. */
const CAUSES_MAX = 3

/** Fields that hold a secret wherever they appear, at the top of a line or one or two levels down. */
const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'token',
  'key',
  'secret',
  'password',
  'jti',
  'apiKey',
  'api_key',
]
const REDACTED_PATHS = SECRET_FIELDS.flatMap((field) =>
  ['', '*.', '*.*.'].flatMap((above) => [`${above}${field}`, `${above}["${capitalized(field)}"]`]),
)

/**
 * The net below the redaction of fields: a secret that got into the text of a message or of a stack. A link token is a
 * JWT, and begins with the base64url of `{"`.
 */
const SECRETS_IN_TEXT = [
  /\beyJ[\w-]*\.[\w-]+\.[\w-]*/g,
  /(?<=\b(?:token|key|secret|password|signature|x-amz-[a-z-]+)(?:=|%3d))[^&\s"'\\]+/gi,
  /(?<=\b(?:bearer|api-key)\s+)[^\s"'\\]+/gi,
  /(?<=:\/\/[^\s"'/@:]*:)[^\s"'/@]+(?=@)/g,
]

/**
 * JSON lines on standard output, or on `stream`. No secret reaches a line: fields that hold one are replaced, and what
 * looks like a link token, an API key or a password in a URL is cut out of every text. Lines are written before the
 * call returns, so the last words of a process that dies are there.
 */
export function createLog({ logLevel }: Pick<Env, 'logLevel'>, stream?: DestinationStream): Logger {
  const options = {
    level: logLevel,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: REDACTED_PATHS, censor: HIDDEN },
    serializers: { err: describeError, error: describeError },
    hooks: { streamWrite: hideSecrets },
  }
  return stream ? pino(options, stream) : pino(options)
}

/**
 * An address that may be logged: names of query parameters stay, their values go, and so do user-info and fragment.
 * The values are tokens, but also what somebody searched for.
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
  // Without a name it is a value.
  return equals > 0 ? `${parameter.slice(0, equals)}=${HIDDEN}` : HIDDEN
}

function hideSecrets(text: string): string {
  return SECRETS_IN_TEXT.reduce((rest, secret) => rest.replace(secret, HIDDEN), text)
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

function capitalized(field: string): string {
  return field.charAt(0).toUpperCase() + field.slice(1)
}
