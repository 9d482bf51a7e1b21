import { Agent } from 'node:http'
import { type Partner, partnerOf } from '../e2e/service/partner.ts'
import type { Bench } from './bench.ts'
import { least, measureInTurn } from './measure-in-turn.ts'
import type { Measurement } from './measurement.ts'
import { openDatabase } from './open-database.ts'
import { seedSamples } from './seed-samples.ts'
import { sendRequest } from './send-request.ts'

const ROUNDS = 12
const FEW = 1_000
const MANY = 100_000

/** Each asks for the same page of both projects; the samples are alike, so both find as much as a page isWithinBound, or one. */
const PAGES: Record<string, string> = {
  'first page': 'limit=25',
  'by client id': 'limit=25&sort_by=client_id&sort_order=asc',
  'of a status': 'limit=25&status=succeeded',
  'search for a client id': 'limit=25&search=client-000777',
  'search in metadata': 'limit=25&search=tube-00077',
  'search that finds nothing': 'limit=25&search=nowhere-to-be-found',
}

/** The same pages of two projects of one service, one with a hundred times the samples; the slowest by ratio. */
export async function measureList({ service }: Bench): Promise<Measurement[]> {
  const database = await openDatabase(service.dataDir)
  const agent = new Agent({ keepAlive: true })
  try {
    const few = await partnerOf(service, { rowsMin: 1_000, name: 'Few samples' })
    const many = await partnerOf(service, { rowsMin: 1_000, name: 'Many samples' })
    await seedSamples(database.client, few.projectId, FEW)
    await seedSamples(database.client, many.projectId, MANY)
    await database.client.query('vacuum analyze sample')
    const timed = (partner: Partner, query: string) => async () => {
      const begun = performance.now()
      const { status, body } = await sendRequest(service.address, {
        method: 'GET',
        path: `/api/v2/project-samples/${partner.projectId}/?${query}`,
        headers: { Authorization: `Api-Key ${partner.apiKey}` },
        agent,
      })
      if (status !== 200) throw new Error(`The list answered ${status}: ${body}`)
      return performance.now() - begun
    }
    const pages = []
    for (const [name, query] of Object.entries(PAGES)) {
      const values = await measureInTurn(ROUNDS, { few: timed(few, query), many: timed(many, query) })
      pages.push({ name, few: least(values.few), many: least(values.many) })
    }
    const shown = pages.map(
      (page) => `${page.name} ${page.many.toFixed(1)} against ${page.few.toFixed(1)} ms`,
    )
    return [
      {
        what: 'Lists and searches over 100,000 samples against the same page over 1,000: the slowest by ratio',
        value: Math.max(...pages.map((page) => page.many / page.few)),
        bound: { atMost: 5 },
        unit: '×',
        record: shown.join(', '),
      },
    ]
  } finally {
    agent.destroy()
    await database.close()
  }
}
