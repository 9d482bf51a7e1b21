const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether a text from a path can be asked for as an id at all: PostgreSQL refuses anything else. */
export const isUuid = (text: string): boolean => UUID.test(text)
