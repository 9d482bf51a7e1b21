/** One request to a URL that a stranger gave. */
export interface OutboundRequest {
  url: string
  method: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string | Uint8Array
  /** From the first look-up to the last byte of the answer. */
  timeoutMilliseconds: number
  /** What is read of the answer's body; the rest is dropped with the connection. */
  answerBytesMax: number
  signal?: AbortSignal
}

export interface OutboundAnswer {
  status: number
  /** By lower-case name; the first value where there are several. */
  headers: Record<string, string>
  body: Uint8Array
  /** There was more than `answerBytesMax`. */
  cut: boolean
}

/** Why there is no answer. Refused, closed and filtered look the same, so that this cannot be used to scan a network. */
export type OutboundFailure = 'unreachable' | 'timed_out'

/** A GET whose answer is too long to be held. */
export interface OutboundStreamRequest extends Pick<OutboundRequest, 'url' | 'headers' | 'signal'> {
  /** From the first look-up to the headers of the answer. */
  answerMilliseconds: number
  /** Fewer bytes than this per waiting time are too slow. Time spent by the receiver does not count. */
  pace: { bytes: number; milliseconds: number }
  /** Of the body; more is too long. */
  bytesMax: number
}

export interface OutboundStreamAnswer extends Pick<OutboundAnswer, 'status' | 'headers'> {
  /** To be read once, as fast as the receiver likes; what it does not read is dropped. */
  body: AsyncIterable<Uint8Array>
}

/** The same, or how a body ended that should have gone on: the receiver may have had part of it. */
export type OutboundStreamFailure = OutboundFailure | 'cut' | 'too_slow' | 'too_long'

/** The only way to URLs that strangers gave. */
export interface Outbound {
  /** Why this URL is not called at all, as a message for the person who gave it; undefined when it may be called. Does not resolve names. */
  refuse(url: string): string | undefined
  /**
   * Send one request and read the answer. Redirects are answers like any other, no cookie is kept or sent, and nothing
   * connects to an address that is not public. Never rejects for what the other side does: that is a failure.
   * `untrusted`: there was a certificate, but not one that is valid for this name.
   */
  send(request: OutboundRequest): Promise<OutboundAnswer | { failure: OutboundFailure | 'untrusted' }>
  /**
   * Send a GET and hand over the answer while it comes, under the same rules. `receive` lets pass what its reading of
   * the body throws: that is the failure answered here. Rejects with whatever else it throws, and with the reason of an
   * aborted `signal`.
   */
  stream<T>(
    request: OutboundStreamRequest,
    receive: (answer: OutboundStreamAnswer) => Promise<T>,
  ): Promise<{ received: T } | { failure: OutboundStreamFailure }>
  /** Drop every connection. */
  close(): Promise<void>
}
