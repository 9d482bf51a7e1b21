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
  /** Names in lower case; of several values the first. */
  headers: Record<string, string>
  body: Uint8Array
  /** There was more than `answerBytesMax`. */
  cut: boolean
}

/** Why there is no answer. Refused, closed and filtered look the same, so that nobody scans a network with us. */
export type OutboundFailure = 'unreachable' | 'timed_out'

/** The one door to URLs that strangers gave. */
export interface Outbound {
  /** Why this URL is not called at all, in words for whoever gave it; undefined when it may be. Resolves no name. */
  refuse(url: string): string | undefined
  /**
   * Send one request and read the answer. Redirects are answers like any other, no cookie is kept or sent, and nothing
   * connects to an address that is not public. Never rejects for what the other side does: that is a failure.
   */
  send(request: OutboundRequest): Promise<OutboundAnswer | { failure: OutboundFailure }>
  /** Drop every connection. */
  close(): Promise<void>
}
