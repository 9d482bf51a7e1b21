/** Pattern of `ilike` for what contains this text. */
export const containing = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`

/** A text as it stands inside a string of JSON, which PostgreSQL escapes as JavaScript does. */
export const insideJson = (text: string): string => JSON.stringify(text).slice(1, -1)
