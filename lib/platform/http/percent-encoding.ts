/** The text that is escaped here (RFC 3986 2.1); null where the bytes are not UTF-8, or a percent sign escapes nothing. */
export function decodeEscapes(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** Whether all bytes that are escaped here are UTF-8; a percent sign that escapes nothing stands for itself. */
export const escapesUtf8 = (text: string): boolean =>
  [...text.matchAll(/(?:%[0-9a-f]{2})+/gi)].every(([bytes]) => decodeEscapes(bytes) !== null)
