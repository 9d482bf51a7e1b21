/** Ceilings and patience of fetching a FASTQ file from its URL. */

/** Of one file as it is packed. */
export const SOURCE_BYTES_MAX = 200 * 1_024 ** 3
/** From the first request of a run on, over all its attempts. */
export const FETCH_SECONDS_MAX = 86_400
/** From the look-up of a name to the headers of an answer. */
export const ANSWER_MS = 60_000
/** A source that sends less than 64 KiB in 30 seconds of waiting is dropped and asked again. */
export const PACE = { bytes: 65_536, milliseconds: 30_000 }
/** What was fetched is flushed and noted in such steps: a power cut costs no more than one. */
export const FLUSH_BYTES = 16_777_216
/** Tries one after the other that brought less than a megabyte; then the run makes a pause. */
export const FETCH_TRIES_MAX = 6
export const PROGRESS_BYTES = 1_048_576
/** Seconds to wait before the next try; the last one stays. A source may ask for more. */
export const BACKOFF_SECONDS = [1, 2, 4, 8, 16, 30]
export const SOURCE_RETRY_AFTER_SECONDS_MAX = 60
/** Times a file is fetched again because it changed meanwhile or was damaged on our disk. */
export const RESTARTS_MAX = 3
/** Room on the disk that is left to others. */
export const RESERVE_BYTES = 1_024 ** 3
