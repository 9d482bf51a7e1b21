/** The ceilings of everything we do with a stranger's bytes, in one place. */

/** Largest archive accepted, in bytes, inclusive. Shown to people as "25 MB". */
export const FILE_BYTES_MAX = 26_214_400
/**
 * Inflated text, counted while inflating: the largest genuine export, of two 23andMe chips, is about 45 MB; as many rows
 * as are accepted, in the longest form, are 101 MB.
 */
export const INFLATED_BYTES_MAX = 104_857_600
/** Inflated bytes a compressed byte may become; genuine exports are between 2.6 and 5. */
export const INFLATE_RATIO_MAX = 20
/** Entries we are willing to read in a central directory, to say what is wrong with it. */
export const ENTRIES_MAX = 1_000
/** Files of an archive with too many of them whose heads we look at, to say what they are. */
export const MEMBERS_PEEKED_MAX = 4
/** Bytes of central directory we are willing to read. */
export const DIRECTORY_BYTES_MAX = 1_048_576
/** End record, its zip64 record and locator, and the longest comment: what may stand behind the directory. */
export const TAIL_BYTES_MAX = 65_535 + 22 + 20 + 56
/**
 * Compressed bytes the browser inflates first, those it adds at each step, and the most it goes on to. The first step is
 * small: it tells a bomb, whose every byte may become a thousand, while that still costs next to nothing.
 */
export const SNIFF_COMPRESSED_BYTES_FIRST = 2_048
export const SNIFF_COMPRESSED_BYTES_STEP = 8_192
export const SNIFF_COMPRESSED_BYTES_MAX = 131_072
/** Inflated text that is enough to name a vendor. */
export const SNIFF_TEXT_BYTES_MAX = 65_536
/** A line of an export; genuine lines stay below 600 bytes (AncestryDNA's prose). */
export const LINE_BYTES_MAX = 4_096
/** Comment lines and bytes before the first row. */
export const HEADER_LINES_MAX = 100
export const HEADER_BYTES_MAX = 16_384
/** Rows: one chip has at most about 967,000 (23andMe v3), an upgraded kit with two chips in one file up to 1.7 million. */
export const ROWS_MAX = 2_500_000
/** Rows a full export has at least; a project may ask for fewer (tests do). */
export const ROWS_MIN = 300_000
/**
 * Share of rows that may be well-formed but unknown to us before the file counts as modified. Rows that are unknown by
 * their id alone are counted, but never refuse a file.
 */
export const DRIFT_SHARE_MAX = 0.001
/** Seconds of processor time that the server's check of one file may use: the largest file needs about three. */
export const CHECK_CPU_SECONDS_MAX = 30
/** Seconds after which a check ends that was not given that much: it is tried again, and says nothing about the file. */
export const CHECK_SECONDS_MAX = 200
/** Checks that one process runs at once; the others wait. */
export const CHECK_THREADS_MAX = 2
