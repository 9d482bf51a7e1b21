/** Hours after which a report is forgotten. */
export const REPORT_HOURS = 24
/** Reports kept at once; the oldest make room. */
export const REPORTS_MAX = 1_000
/** Reports that one address may leave in a day. */
export const REPORTS_OF_ADDRESS_MAX = 20
/** The same of all addresses of a network (/24, or /48 of IPv6): a twentieth of what is kept, so that none can push out the others. */
export const REPORTS_OF_NETWORK_MAX = 50

/** Characters that cannot be mistaken for others when read aloud or typed from a phone. */
export const CODE_LETTERS = 'abcdefghjkmnpqrstuvwxyz'
export const CODE_CHARACTERS = 8

/** Requests a minute of the page and its probes: for one address, and of all. */
export const REQUESTS_OF_ADDRESS_MAX = 120
export const REQUESTS_MAX = 2_400
/** What a probe may send: the largest chunk of an upload. */
export const PROBE_BYTES_MAX = 5 * 1_048_576
