import { Agent } from 'node:http'
import type { Bench } from './bench.ts'
import { least, measureInTurn } from './measure-in-turn.ts'
import type { Measurement } from './measurement.ts'
import { cpuSeconds } from './process-use.ts'
import { sendRequest } from './send-request.ts'

const ROUNDS = 5
const REQUESTS = 400

/**
 * CPU of the web server for a page of `/docs`, in turn with a route of the same server that returns a constant: readers
 * and crawlers must not slow down uploads. The heaviest pages, not compressed and compressed.
 */
export async function measureDocs({ service }: Bench): Promise<Measurement[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const msEach = async (path: string, headers: Record<string, string> = {}) => {
    const before = cpuSeconds(service.pid())
    for (let sent = 0; sent < REQUESTS; sent++) {
      const { status } = await sendRequest(service.address, { method: 'GET', path, headers, agent })
      if (status !== 200) throw new Error(`${path} answered ${status}`)
    }
    return (1_000 * (cpuSeconds(service.pid()) - before)) / REQUESTS
  }
  const packed = { 'Accept-Encoding': 'gzip, deflate, br' }
  const values = await measureInTurn(ROUNDS, {
    start: () => msEach('/docs', packed),
    reference: () => msEach('/docs/reference/projects'),
    live: () => msEach('/api/health/live'),
  })
  agent.destroy()
  const [start, reference, live] = [least(values.start), least(values.reference), least(values.live)]
  return [
    {
      what: 'A page of /docs, CPU of the web server a request: the dearest of them',
      value: Math.max(start, reference),
      bound: { atMost: 5 },
      unit: 'ms',
      alone: true,
      record: `first page compressed ${start.toFixed(2)} ms, a long one as it is ${reference.toFixed(2)} ms; a constant route ${live.toFixed(2)} ms`,
    },
  ]
}
