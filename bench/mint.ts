import { Agent } from 'node:http'
import type { Bench } from './bench.ts'
import { least, measureInTurn } from './measure-in-turn.ts'
import type { Measurement } from './measurement.ts'
import { cpuSeconds, familyCpuSeconds, postmasterPid } from './process-use.ts'
import { sendRequest } from './send-request.ts'

const ROUNDS = 5
const REQUESTS = 500
const CONNECTIONS = 8

/**
 * Requests a CPU-second of the web server: minting a session, durable when it is answered, against a route of the same
 * server that answers a constant. What PostgreSQL takes for it is printed beside it.
 */
export async function measureMint({ service, partner }: Bench): Promise<Measurement[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const postmaster = await postmasterPid(service.dataDir)
  const databases: number[] = []
  const perCpuSecond = async (request: Parameters<typeof sendRequest>[1], status: number) => {
    const web = cpuSeconds(service.pid())
    const database = familyCpuSeconds(postmaster)
    await sendMany(service.address, { ...request, agent }, status)
    if (status === 201) databases.push((familyCpuSeconds(postmaster) - database) / REQUESTS)
    return REQUESTS / (cpuSeconds(service.pid()) - web)
  }
  const values = await measureInTurn(ROUNDS, {
    mint: () =>
      perCpuSecond(
        {
          method: 'POST',
          path: '/api/v2/array-data-upload-form/',
          headers: { Authorization: `Api-Key ${partner.apiKey}`, 'Content-Type': 'application/json' },
          body: Buffer.from(JSON.stringify({ metadata: { order: 'A-1' } })),
        },
        201,
      ),
    live: () => perCpuSecond({ method: 'GET', path: '/api/health/live' }, 200),
  })
  agent.destroy()
  const [mint, live] = [Math.max(...values.mint), Math.max(...values.live)]
  return [
    {
      what: 'Mint a session, requests per CPU-second of the web server against a constant route',
      value: mint / live,
      bound: { atLeast: 0.5 },
      unit: '×',
      record:
        `${mint.toFixed(0)} against ${live.toFixed(0)} per CPU-second; PostgreSQL's own, not in the ratio: ` +
        `${(1_000 * least(databases)).toFixed(1)} ms a mint`,
    },
  ]
}

async function sendMany(
  origin: string,
  request: Parameters<typeof sendRequest>[1],
  status: number,
): Promise<void> {
  let left = REQUESTS
  const sendNext = async () => {
    while (left-- > 0) {
      const answer = await sendRequest(origin, request)
      if (answer.status !== status) throw new Error(`${request.path} answered ${answer.status}`)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, sendNext))
}
