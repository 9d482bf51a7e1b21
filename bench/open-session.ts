import type { Agent } from 'node:http'
import type { Partner } from '../e2e/service/partner.ts'
import type { TusTarget } from './send-over-tus.ts'
import { sendRequest } from './send-request.ts'

/** A fresh upload session, minted by the partner and opened as the page does; where its file goes. */
export async function openSession(
  origin: string,
  partner: Partner,
  agent: Agent,
): Promise<TusTarget & { sampleId: string }> {
  const { url, sample_id: sampleId } = await partner.mint()
  const authorization = `Bearer ${new URL(url).searchParams.get('token')}`
  const headers = { Authorization: authorization, 'Content-Length': 0 }
  const { status } = await sendRequest(origin, { method: 'POST', path: '/api/upload/open', headers, agent })
  if (status !== 200) throw new Error(`Opening a session answered ${status}`)
  return { origin, path: '/api/upload/files', authorization, agent, sampleId }
}
