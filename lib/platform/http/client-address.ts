import type { IncomingMessage } from 'node:http'

/**
 * Whose request it is: the address of the socket or, behind a proxy of our own, the one that this proxy wrote last
 * into `X-Forwarded-For`. What stands before it came from the client, who may write anything. Empty when unknown.
 */
export function clientAddress(
  { socket, headers }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } },
  { trustProxy }: { trustProxy: boolean },
): string {
  const forwarded = trustProxy ? String(headers['x-forwarded-for'] ?? '').split(',') : []
  const said = forwarded.at(-1)?.trim()
  return plain(said || socket.remoteAddress || '')
}

/** Without the brackets and the port that some proxies write, without a zone, and IPv4 as IPv4. */
function plain(address: string): string {
  const [, inBrackets, before] =
    /^(?:\[([^\]]*)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+)(?::\d+)?)$/.exec(address) ?? []
  return (inBrackets ?? before ?? address).replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
}
