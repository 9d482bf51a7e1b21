import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Agent } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Bench } from './bench.ts'
import { least } from './measure-in-turn.ts'
import type { Measurement } from './measurement.ts'
import { openSession } from './open-session.ts'
import { sendOverTus } from './send-over-tus.ts'

const ROUNDS = 4
const POLL_MS = 20
const SECONDS_MAX = 60

/** From the answer to the last byte until the partner's API says `succeeded`, for a whole export. */
export async function measureTimeToSuccess({ files, service, partner }: Bench): Promise<Measurement[]> {
  const bytes = await readFile(files.fullZip)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const agent = new Agent({ keepAlive: true })
  const seconds: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const target = await openSession(service.address, partner, agent)
    await sendOverTus(target, bytes, sha256)
    const acknowledged = performance.now()
    await untilSucceeded(target.sampleId)
    seconds.push((performance.now() - acknowledged) / 1_000)
  }
  agent.destroy()
  return [
    {
      what: 'Last byte acknowledged until the sample has succeeded, nothing else going on',
      value: least(seconds),
      bound: { atMost: 2 },
      unit: 's',
      alone: true,
      record: `least of ${ROUNDS}; the others up to ${Math.max(...seconds).toFixed(2)} s`,
    },
  ]

  async function untilSucceeded(sampleId: string): Promise<void> {
    const deadline = performance.now() + SECONDS_MAX * 1_000
    for (;;) {
      const { last_status, upload_session } = await partner.sample(sampleId)
      if (last_status.status === 'succeeded') return
      if (last_status.status.startsWith('failed') || upload_session.last_rejection) {
        throw new Error(`The sample ended as ${last_status.status}`)
      }
      if (performance.now() > deadline) throw new Error('The sample did not succeed in time')
      await wait(POLL_MS)
    }
  }
}
