import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Services } from '#lib/services.ts'
import { waitForDoctor } from '../keep-report.ts'
import { answerProbe, isProbe } from './answer-probe.ts'
import { composeScript } from './compose-script.ts'
import {
  DOCTOR_PAGE,
  DOCTOR_SCRIPT,
  DOCTOR_STYLE,
  DOCTOR_WORKER,
  drawDoctorPage,
  isDoctorPath,
} from './draw-page.ts'

interface Asset {
  type: string
  body: Buffer
  zipped: Buffer
}

/**
 * `/doctor`, its files and its probes, outside of Next. Returns false for every other request, and for all of them where
 * the Doctor is off. An address that asks too often gets 429. The headers of a document must have been set before.
 */
export function createDoctor(services: Pick<Services, 'env' | 'limiter'>) {
  let assets: Promise<Map<string, Asset>> | undefined
  return async (request: IncomingMessage, response: ServerResponse, pathname: string): Promise<boolean> => {
    if (!services.env.doctor) return false
    const probe = isProbe(request.url ?? '')
    if (!probe && !isDoctorPath(pathname)) return false
    if (!probe && !/^(?:GET|HEAD)$/.test(request.method ?? '')) return false
    const counts = probe || pathname === DOCTOR_PAGE
    const address = String(request.headers['x-client-address'] ?? '')
    const seconds = counts ? waitForDoctor(services, address) : undefined
    if (seconds !== undefined) {
      response.writeHead(429, { 'Retry-After': String(seconds), 'Cache-Control': 'no-store' }).end()
      return true
    }
    if (probe) await answerProbe(request, response)
    else if (pathname === DOCTOR_PAGE) sendPage(request, response, services.env.publicUrl)
    else {
      assets ??= readAssets()
      sendAsset(request, response, (await assets).get(pathname)!)
    }
    return true
  }
}

function sendPage(request: IncomingMessage, response: ServerResponse, publicUrl: string): void {
  const [, nonce = ''] = /'nonce-([^']+)'/.exec(String(response.getHeader('content-security-policy'))) ?? []
  const body = Buffer.from(drawDoctorPage(nonce, publicUrl))
  response.setHeader('Content-Type', 'text/html; charset=utf-8')
  response.setHeader('Content-Length', body.length)
  response.end(request.method === 'HEAD' ? undefined : body)
}

function sendAsset(request: IncomingMessage, response: ServerResponse, { type, body, zipped }: Asset): void {
  const zips = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  const sent = zips ? zipped : body
  if (zips) response.setHeader('Content-Encoding', 'gzip')
  response.setHeader('Vary', 'Accept-Encoding')
  response.setHeader('Content-Type', `${type}; charset=utf-8`)
  response.setHeader('Content-Length', sent.length)
  response.end(request.method === 'HEAD' ? undefined : sent)
}

async function readAssets(): Promise<Map<string, Asset>> {
  const read = (name: string) => readFile(path.join(import.meta.dirname, name), 'utf8')
  const asset = async (type: string, text: string): Promise<Asset> => {
    const body = Buffer.from(text)
    return { type, body, zipped: await promisify(gzip)(body, { level: 9 }) }
  }
  return new Map([
    [DOCTOR_SCRIPT, await asset('text/javascript', await composeScript())],
    [DOCTOR_STYLE, await asset('text/css', await read('page.css'))],
    [DOCTOR_WORKER, await asset('text/javascript', await read('worker.js'))],
  ])
}
