import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

/** A small gzip file of FASTQ. */
export const fastqBytes = (records = 100): Buffer =>
  gzipSync(Array.from({ length: records }, (_, n) => `@read${n}\nACGTN\n+\nIIIII\n`).join(''))

/** Answer a ranged GET of these bytes as object stores do. */
export function sendRange(request: IncomingMessage, response: ServerResponse, bytes: Uint8Array): void {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
  if (from === undefined) {
    response.writeHead(200, { 'Content-Length': bytes.length }).end(bytes)
    return
  }
  if (Number(from) >= bytes.length) {
    response.writeHead(416, { 'Content-Range': `bytes */${bytes.length}` }).end()
    return
  }
  const part = bytes.subarray(Number(from), to ? Number(to) + 1 : undefined)
  const last = Number(from) + part.length - 1
  response.writeHead(206, { 'Content-Range': `bytes ${from}-${last}/${bytes.length}` }).end(part)
}

export interface TestStore {
  origin: string
  /** `GET /s1_R1.fastq.gz`, in order. */
  asked: string[]
  stop(): Promise<void>
}

/** An object store on this machine, which answers as it is told; GET of anything that ends like FASTQ otherwise. */
export async function startStore(
  answer: RequestListener = (request, response) => sendRange(request, response, fastqBytes()),
  host = '127.0.0.1',
): Promise<TestStore> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  server.listen(0, host)
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
