/** `Upload sessions` as an anchor: `upload-sessions`. */
export const slugOf = (title: string): string => title.toLowerCase().replace(/[^a-z]+/g, '-')
