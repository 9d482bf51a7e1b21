import type { IncomingMessage } from 'node:http'

/**
 * The address of the client: that of the socket or, behind our own proxy, the last one in `X-Forwarded-For`. Earlier
 * ones come from the client, who may write anything. Empty when unknown.
 */
export function clientAddress(
  { socket, headers }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } },
  { trustProxy }: { trustProxy: boolean },
): string {
  const forwarded = trustProxy ? String(headers['x-forwarded-for'] ?? '').split(',') : []
  const said = forwarded.at(-1)?.trim()
  return plain(said || socket.remoteAddress || '')
}

/** The address without brackets, port or zone, and a mapped IPv4 address as IPv4. */
function plain(address: string): string {
  const [, inBrackets, before] =
    /^(?:\[([^\]]*)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+)(?::\d+)?)$/.exec(address) ?? []
  return (inBrackets ?? before ?? address).replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
}

/** Whether a socket's remote address is this machine: 127.0.0.0/8 or ::1, also written as a mapped address. */
export const isLoopbackAddress = (address: string | undefined): boolean =>
  /^(?:::ffff:)?127\.|^::1$/.test(address ?? '')
