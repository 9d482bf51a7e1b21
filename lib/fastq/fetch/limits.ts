/** Ceilings and patience of fetching a FASTQ file from its URL. */

/** Of one file as it is packed. */
export const SOURCE_BYTES_MAX = 200 * 1_024 ** 3
/** Time spent fetching a file, over all attempts of its run. */
export const FETCH_SECONDS_MAX = 86_400
/** From the look-up of a name to the headers of an answer: of a host that responded when it was last asked. */
export const ANSWER_MS = 15_000
/** The same of a host that is tried, by its failures: the first tries are short, a slow one gets its time. */
export const TRIAL_ANSWER_MS = [5_000, 5_000, 15_000, 30_000, 60_000] as const
/** What a host that is tried must send to count as one that is not slow. */
export const PROBE_PACE = { bytes: 262_144, milliseconds: 2_000 }
/** Hosts that one process tries at once; of one project; and of those that have failed before. */
export const PROBES_MAX = 256
export const PROBES_PER_PROJECT_MAX = 16
export const PROBES_FAILING_MAX = 64
/** Runs that fetch in one process, and how many of them may be such whose source is slow. */
export const FETCH_WORKERS = 4
export const SLOW_WORKERS = 2
/** A run that fetches less than this, over all of its files, has a slow source; and for how long that is remembered. */
export const SLOW_PACE = { bytes: 1_310_720, seconds: 10 }
export const SLOW_SECONDS = 3_600
/** After so long a slow run gives its worker to another slow one that waits. */
export const SLOW_TURN_SECONDS = 3_600
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
/** For how long runs of a host that failed too often end without another try: longer than a try, so that all look. */
export const LANE_DEAD_SECONDS = 120
/** Failures are forgotten this long after the last pause. */
export const LANE_FORGET_SECONDS = 3_600
/** So long after its last response a host is tried again before it is given a worker. */
export const OPEN_SECONDS = 600
/** For how long a host is tried at most, and how often runs check whether it has responded. */
export const LANE_TRY_SECONDS = 75
export const LANE_LOOK_SECONDS = 5
/** A busy host may ask for a pause of its own (`Retry-After`), up to this. */
export const LANE_REST_SECONDS_MAX = 600
/** Times a file is fetched again because it changed meanwhile or was damaged on our disk. */
export const RESTARTS_MAX = 3
/** Room on the disk that is left to others. */
export const RESERVE_BYTES = 1_024 ** 3
