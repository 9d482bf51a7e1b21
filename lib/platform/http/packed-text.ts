import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

/** A text that is sent often: as it is, and packed once. */
export interface PackedText {
  /** Its media type; it is UTF-8. */
  type: string
  body: Buffer
  zipped: Buffer
}

export async function packText(type: string, text: string): Promise<PackedText> {
  const body = Buffer.from(text)
  return { type, body, zipped: await promisify(gzip)(body, { level: 9 }) }
}

/** Responds to a GET or HEAD with the text, packed for a client that takes it so. */
export function sendPacked(
  { method, headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  response: ServerResponse,
  { type, body, zipped }: PackedText,
): void {
  const packs = takesGzip(String(headers['accept-encoding'] ?? ''))
  const sent = packs ? zipped : body
  if (packs) response.setHeader('Content-Encoding', 'gzip')
  response.setHeader('Vary', 'Accept-Encoding')
  response.setHeader('Content-Type', `${type}; charset=utf-8`)
  response.setHeader('Content-Length', sent.length)
  response.end(method === 'HEAD' ? undefined : sent)
}

/** By an `Accept-Encoding` (RFC 9110 12.5.3): a weight of 0 refuses, and `*` stands for what is not named. */
export function takesGzip(accepted: string): boolean {
  const weights = new Map(
    accepted.split(',').map((one): [string, number] => {
      const [coding = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase())
      const weight = parameters.find((parameter) => parameter.startsWith('q='))
      return [coding, weight === undefined ? 1 : Number(weight.slice(2))]
    }),
  )
  const weight = weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0
  return weight > 0 && weight >= (weights.get('identity') ?? 0)
}
