/** `2023-06-13T17:45:55.414956Z`: microseconds, as Gencove writes times. Ours are kept to the millisecond. */
export const wireTime = (time: Date): string => time.toISOString().replace('Z', '000Z')
