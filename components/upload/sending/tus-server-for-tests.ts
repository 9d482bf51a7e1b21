import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, request as requestTo, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'

export interface SeenRequest {
  method: string
  authorization: string | undefined
  metadata: string | undefined
  /** Bytes of the body that arrived at this server. */
  bytes: number
}

/** Handles a request in place of the tus server; returns true when it did. */
export type Interference = (request: IncomingMessage, response: ServerResponse, seen: SeenRequest) => boolean

/** Sends a request once more to its server, with the length of its body, which browsers always state and tus in Node never does. */
async function stateLength(request: IncomingMessage, response: ServerResponse, port: number): Promise<void> {
  const body = await buffer(request)
  const { 'transfer-encoding': _, ...headers } = request.headers
  const again = requestTo({
    port,
    path: request.url,
    method: request.method,
    headers: { ...headers, 'content-length': body.length },
  })
  again.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 0, answer.headers)
    answer.pipe(response)
  })
  again.on('error', () => response.destroy())
  response.on('close', () => again.destroy())
  again.end(body)
}

/** A real tus server on a free port, into which tests can inject faults. */
export async function tusServerForTests() {
  const folder = await mkdtemp(path.join(tmpdir(), 'send-file-'))
  const directory = path.join(folder, 'parts')
  const tus = new Server({
    path: '/files',
    datastore: new FileStore({ directory }),
    relativeLocation: true,
    namingFunction: () => `part-${parts++}`,
  })
  // The store makes its directory unawaited, and an error of that, in a folder that a short test has removed, ends the process.
  while (!existsSync(directory)) await wait(1)
  let parts = 0
  let interfere: Interference = () => false
  const seen: SeenRequest[] = []
  const server = createServer((request, response) => {
    if (request.headers['transfer-encoding']) {
      void stateLength(request, response, port).catch(() => response.destroy())
      return
    }
    const entry: SeenRequest = {
      method: request.method ?? '',
      authorization: request.headers.authorization,
      metadata: request.headers['upload-metadata']?.toString(),
      bytes: 0,
    }
    seen.push(entry)
    request.on('data', (chunk: Buffer) => {
      entry.bytes += chunk.length
    })
    request.pause()
    if (!interfere(request, response, entry)) void tus.handle(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}/files`,
    seen,
    interfereWith(next: Interference) {
      interfere = next
    },
    stored: (part: string) => readFile(path.join(directory, part)),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true })
    },
  }
}
