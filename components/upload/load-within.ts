import { browserTimers } from './sending/timers.ts'

/** On a very slow line, three times what the largest part needs. */
export const LOAD_MS_MAX = 10_000

/**
 * As `load`, which fetches a part of the page's script. Rejects after ten seconds, because a line that has gone dead fails
 * nothing: a fetched script can be under way for minutes. What arrives later is there for the next call.
 */
export function loadWithin<Part>(load: () => Promise<Part>, timers = browserTimers): Promise<Part> {
  return new Promise((resolve, reject) => {
    const stop = timers.after(LOAD_MS_MAX, () => reject(new Error('A part of the page did not arrive')))
    load().then(resolve, reject).finally(stop)
  })
}
