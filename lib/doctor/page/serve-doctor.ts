import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { type PackedText, packText, sendPacked } from '#lib/platform/http/packed-text.ts'
import { loadOnce } from '#lib/platform/load-once.ts'
import type { Services } from '#lib/services.ts'
import { waitForDoctor } from '../keep-report.ts'
import { wordsForVisitor } from '../words/languages.ts'
import { answerProbe, isProbe } from './answer-probe.ts'
import { composeScript } from './compose-script.ts'
import {
  DOCTOR_PAGE,
  DOCTOR_SCRIPT,
  DOCTOR_STYLE,
  DOCTOR_WORKER,
  drawBusyPage,
  drawDoctorPage,
  isDoctorPath,
} from './draw-page.ts'

/**
 * `/doctor`, its files and its probes, outside of Next. Returns false for every other request, and for all of them where
 * the Doctor is off. An address that asks too often gets 429. The headers of a document must have been set before.
 */
export function createDoctor(services: Pick<Services, 'env' | 'limiter'>) {
  const assets = loadOnce(readAssets)
  return async (request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> => {
    if (!services.env.doctor) return false
    const pathname = path.replace(/^\/doctor\/$/, DOCTOR_PAGE)
    const probe = isProbe(request)
    if (!probe && !isDoctorPath(pathname)) return false
    if (!probe && !/^(?:GET|HEAD)$/.test(request.method ?? '')) return false
    const counts = probe || pathname === DOCTOR_PAGE
    const address = String(request.headers['x-client-address'] ?? '')
    const seconds = counts ? waitForDoctor(services, address) : undefined
    if (seconds !== undefined) {
      response.setHeader('Retry-After', String(seconds))
      response.setHeader('Cache-Control', 'no-store')
      response.statusCode = 429
      if (probe) response.end()
      else sendHtml(request, response, drawBusyPage(wordsOf(request, services.env.publicUrl)))
      return true
    }
    if (probe) await answerProbe(request, response)
    else if (pathname === DOCTOR_PAGE) sendPage(request, response, services.env.publicUrl)
    else sendPacked(request, response, (await assets()).get(pathname)!)
    return true
  }
}

function sendPage(request: IncomingMessage, response: ServerResponse, publicUrl: string): void {
  const [, nonce = ''] = /'nonce-([^']+)'/.exec(String(response.getHeader('content-security-policy'))) ?? []
  sendHtml(request, response, drawDoctorPage(nonce, publicUrl, wordsOf(request, publicUrl)))
}

function wordsOf(request: IncomingMessage, publicUrl: string) {
  const locale = new URL(request.url ?? '', publicUrl).searchParams.get('locale')
  return wordsForVisitor(locale, request.headers['accept-language'] ?? null)
}

function sendHtml(request: IncomingMessage, response: ServerResponse, text: string): void {
  const body = Buffer.from(text)
  response.setHeader('Vary', 'Accept-Language')
  response.setHeader('Content-Type', 'text/html; charset=utf-8')
  response.setHeader('Content-Length', body.length)
  response.end(request.method === 'HEAD' ? undefined : body)
}

async function readAssets(): Promise<Map<string, PackedText>> {
  const read = (name: string) => readFile(path.join(import.meta.dirname, name), 'utf8')
  return new Map([
    [DOCTOR_SCRIPT, await packText('text/javascript', await composeScript())],
    [
      DOCTOR_STYLE,
      await packText('text/css', (await read('../../plain-page.css')) + (await read('page.css'))),
    ],
    [DOCTOR_WORKER, await packText('text/javascript', await read('worker.js'))],
  ])
}
