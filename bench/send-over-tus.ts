import type { Agent } from 'node:http'
import { type BenchAnswer, sendRequest } from './send-request.ts'

/** The largest piece the page sends at once. */
const CHUNK_BYTES = 5 * 1_048_576

/** A tus server, and what its requests must carry. */
export interface TusTarget {
  origin: string
  path: string
  authorization?: string
  agent: Agent
}

/** Send a file as the page does on a good line; resolves once the last byte is acknowledged, with the upload's id. */
export async function sendOverTus(target: TusTarget, bytes: Uint8Array, sha256: string): Promise<string> {
  const { origin, path, authorization, agent } = target
  const headers = {
    'Tus-Resumable': '1.0.0',
    ...(authorization === undefined ? {} : { Authorization: authorization }),
  }
  const created = await sendRequest(origin, {
    method: 'POST',
    path,
    agent,
    headers: {
      ...headers,
      'Content-Length': 0,
      'Upload-Length': bytes.length,
      'Upload-Metadata': `sha256 ${Buffer.from(sha256).toString('base64')}`,
    },
  })
  expectStatus(created, 201)
  const { pathname } = new URL(String(created.headers.location), origin)
  for (let offset = 0; offset < bytes.length; offset += CHUNK_BYTES) {
    const patched = await sendRequest(origin, {
      method: 'PATCH',
      path: pathname,
      agent,
      headers: {
        ...headers,
        'Content-Type': 'application/offset+octet-stream',
        'Upload-Offset': offset,
      },
      body: bytes.subarray(offset, offset + CHUNK_BYTES),
    })
    expectStatus(patched, 204)
  }
  return pathname.slice(pathname.lastIndexOf('/') + 1)
}

function expectStatus({ status, body }: BenchAnswer, expected: number): void {
  if (status !== expected) throw new Error(`The tus server answered ${status}: ${body}`)
}
