import type { Dispatcher } from 'undici'

/** Headers of a response by lower-case name; the first value where there are several. */
export function flattenHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value[0] : value,
  ])
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}
