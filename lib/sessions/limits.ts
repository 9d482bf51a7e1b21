/** Every window and ceiling of an upload session. The page and the server read the same file. */

/** Seconds a link may wait to be opened: bounds and default of `expires_in`. */
export const LINK_SECONDS_MIN = 60
export const LINK_SECONDS_MAX = 3_600
export const LINK_SECONDS_DEFAULT = 600
/** Seconds from opening the link to the last byte. */
export const UPLOAD_WINDOW_SECONDS = 900
/** The same in test projects: at most so long for the link, and so long from opening it. */
export const TEST_LINK_SECONDS_MAX = 120
export const TEST_UPLOAD_WINDOW_SECONDS = 300
/** The page warns when this many seconds are left, and shows the countdown only below `COUNTDOWN_SECONDS`. */
export const WARNING_SECONDS = [120, 30] as const
export const COUNTDOWN_SECONDS = 300
/** Tries (uploads begun) and requests a minute, beside PATCH, that one session may make. */
export const UPLOAD_TRIES_MAX = 20
export const PAGE_REQUESTS_PER_MINUTE_MAX = 60
/** Different refusals of the browser that the timeline of one session keeps. */
export const BROWSER_REFUSALS_MAX = 20
/** Unfinished parts kept at once; the one begun first makes room. */
export const PARTS_MAX = 3
/** Seconds between two runs of the sweeper; an overdue session is ended within a minute. */
export const SWEEP_SECONDS = 15
/** Characters of a redirect URL. */
export const REDIRECT_URL_CHARACTERS_MAX = 2_048
