import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A span as OTLP writes it, limited to what tests read. */
export interface ToldSpan {
  name: string
  traceId: string
  spanId: string
  parentSpanId: string | undefined
  attributes: Record<string, string | number>
}

/** A collector that keeps everything it receives. */
export interface OtlpReceiver {
  url: string
  spans(): ToldSpan[]
  /** All of it, as it came. */
  text(): string
  stop(): Promise<void>
}

interface Exported {
  resourceSpans: { scopeSpans: { spans: RawSpan[] }[] }[]
}
type RawSpan = Omit<ToldSpan, 'attributes'> & {
  attributes: { key: string; value: Record<string, string | number> }[]
}

export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const bodies: string[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    if (request.url === '/v1/traces') bodies.push(body)
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    text: () => bodies.join('\n'),
    spans: () =>
      bodies.flatMap((body) =>
        (JSON.parse(body) as Exported).resourceSpans
          .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
          .map(({ name, traceId, spanId, parentSpanId, attributes }) => ({
            name,
            traceId,
            spanId,
            parentSpanId: parentSpanId || undefined,
            attributes: Object.fromEntries(
              attributes.map(({ key, value }) => [key, Object.values(value)[0]!]),
            ),
          })),
      ),
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
