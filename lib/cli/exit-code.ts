/** What a command's exit code says. Part of the interface: never renumbered. */
export const EXIT = {
  ok: 0,
  refused: 1,
  usage: 2,
  unreachable: 3,
  /** A sample ended otherwise than `succeeded`, or did not end in time. */
  notSucceeded: 4,
  /** A checksum or a signature is wrong. */
  notGenuine: 5,
} as const

export const EXIT_CODES_HELP = `
Exit codes:
  0  done
  1  the service refused, or something failed here
  2  the command was not understood
  3  the service does not answer
  4  the sample ended otherwise than succeeded, or did not end in time
  5  a checksum or a signature is wrong`
