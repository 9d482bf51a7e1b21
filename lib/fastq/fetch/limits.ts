/** Ceilings and patience of fetching a FASTQ file from its URL. */

/** Of one file as it is packed. */
export const SOURCE_BYTES_MAX = 200 * 1_024 ** 3
/** Time spent fetching a file, over all attempts of its run. */
export const FETCH_SECONDS_MAX = 86_400
/** From the look-up of a name to the headers of an answer: of a host that responded when it was last asked. */
export const ANSWER_MS = 15_000
/**
 * The same of a host that did not, or was never asked, by its failures. The first tries are short: a worker that waits
 * for a host that hangs does nothing for the others, and there may be hundreds of such hosts. A slow one gets its time.
 */
export const TRIAL_ANSWER_MS = [5_000, 5_000, 15_000, 30_000, 60_000] as const
/** A source that sends less than 64 KiB in 30 seconds of waiting is dropped and asked again. */
export const PACE = { bytes: 65_536, milliseconds: 30_000 }
/** What was fetched is flushed and noted in such steps: a power cut costs no more than one. */
export const FLUSH_BYTES = 16_777_216
/** A try that breaks off is followed by another at once when it brought so much; else the run gives its worker back. */
export const PROGRESS_BYTES = 1_048_576
/** Pauses after failures of a host, one after the other; the last one stays. */
export const LANE_PAUSE_SECONDS = [10, 30, 60, 120, 300, 600] as const
/** After so many failures in a row, which take more than an hour, the runs that wait for the host end. */
export const LANE_FAILURES_MAX = 12
/** Failures are forgotten this long after the last pause. */
export const LANE_FORGET_SECONDS = 3_600
/** For how long one run alone tries a host, and how often the others check whether it has responded. */
export const LANE_TRY_SECONDS = 75
export const LANE_LOOK_SECONDS = 5
/** A busy host may ask for a pause of its own (`Retry-After`), up to this. */
export const LANE_REST_SECONDS_MAX = 600
/** Times a file is fetched again because it changed meanwhile or was damaged on our disk. */
export const RESTARTS_MAX = 3
/** Room on the disk that is left to others. */
export const RESERVE_BYTES = 1_024 ** 3
