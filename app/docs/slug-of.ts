/** `Upload sessions` as a place on the page: `upload-sessions`. */
export const slugOf = (title: string): string => title.toLowerCase().replace(/[^a-z]+/g, '-')
