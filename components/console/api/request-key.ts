/** Sixteen random bytes as text. `crypto.randomUUID` is missing where the console is used over plain HTTP. */
export const randomName = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )

/**
 * Keys of requests that must not be carried out twice. The same request has the same key until it is `answered`: made again
 * because its answer was lost, it gets that answer.
 */
export function requestKeys(name = randomName) {
  const keys = new Map<string, string>()
  return {
    keyOf(request: string): string {
      const key = keys.get(request) ?? name()
      keys.set(request, key)
      return key
    },
    answered: (request: string): void => void keys.delete(request),
  }
}
