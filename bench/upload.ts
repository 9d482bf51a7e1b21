import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { Agent } from 'node:http'
import path from 'node:path'
import { type Partner, partnerOf } from '../e2e/service/partner.ts'
import { type Service, startService } from '../e2e/service/start-service.ts'
import type { Bench } from './bench.ts'
import { least, measureInTurn } from './measure-in-turn.ts'
import type { Measurement } from './measurement.ts'
import { openSession } from './open-session.ts'
import { cpuSeconds, familyCpuSeconds, memoryOf, postmasterPid, watchMemory } from './process-use.ts'
import { sendOverTus, type TusTarget } from './send-over-tus.ts'

const ROUNDS = 6
/** Uploads of one round: the kernel counts CPU in hundredths of a second. */
const UPLOADS = 8
const AT_ONCE = 50

interface Sent {
  bytes: Uint8Array
  sha256: string
}

/**
 * 25 MB through a web server that checks nothing by itself, and a process beside it that works off the checks without
 * looking at the content: what is counted is all that both of them do until the upload is stored and judged.
 */
export async function measureUpload({ files, directory }: Bench): Promise<Measurement[]> {
  const bytes = await readFile(files.largeZip)
  const file: Sent = { bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
  const service = await startService({ WORKER: 'off' })
  const agent = new Agent({ keepAlive: true })
  const parts = path.join(directory, 'plain-tus')
  await mkdir(parts)
  const plain = await startChild<{ port: number }>('plain-tus-server.ts', [parts])
  const verifier = await startChild('upload-verifier.ts', [], service.environment)
  try {
    const partner = await partnerOf(service, { rowsMin: 1_000 })
    const ours = oursOf({ service, partner, verifier, agent, file })
    const bare = bareOf({ parts, plain, agent, file })
    return [await measureCpu(ours, bare), await measureMemory(ours)]
  } finally {
    agent.destroy()
    await verifier.stop()
    await plain.stop()
    await service.dispose()
  }
}

/** One way of taking uploads. */
interface Way {
  pids: number[]
  /** CPU-seconds so far: of the processes above, and of the database behind them. */
  seconds(): { server: number; database: number }
  /** Send `count` files, `atOnce` of them at a time; resolves once nothing is left to do for them. */
  send(count: number, atOnce: number): Promise<void>
}

function oursOf({
  service,
  partner,
  verifier,
  agent,
  file,
}: {
  service: Service
  partner: Partner
  verifier: Child
  agent: Agent
  file: Sent
}): Way {
  const pids = [service.pid(), verifier.pid]
  let postmaster = 0
  const verified = watchVerified(verifier)
  return {
    pids,
    seconds: () => ({ server: cpuOf(pids), database: postmaster ? familyCpuSeconds(postmaster) : 0 }),
    async send(count, atOnce) {
      postmaster = await postmasterPid(service.dataDir)
      // Minting and opening are counted as well: there is no upload without them.
      await inTurns(count, atOnce, async () => {
        const target = await openSession(service.address, partner, agent)
        await verified(await sendOverTus(target, file.bytes, file.sha256))
      })
    },
  }
}

/** Resolves, for an upload's id, once its check is over; it may have been before it was asked. */
function watchVerified(verifier: Child): (id: string) => Promise<void> {
  const over = new Map<string, PromiseWithResolvers<void>>()
  const of = (id: string) => {
    const known = over.get(id) ?? Promise.withResolvers<void>()
    over.set(id, known)
    return known
  }
  verifier.process.on('message', (message: { verified?: string }) => {
    if (message.verified) of(message.verified).resolve()
  })
  return (id) => of(id).promise
}

function bareOf({
  parts,
  plain,
  agent,
  file,
}: {
  parts: string
  plain: Child & { first: { port: number } }
  agent: Agent
  file: Sent
}): Way {
  const target: TusTarget = { origin: `http://127.0.0.1:${plain.first.port}`, path: '/files', agent }
  return {
    pids: [plain.pid],
    seconds: () => ({ server: cpuSeconds(plain.pid), database: 0 }),
    async send(count, atOnce) {
      await inTurns(count, atOnce, () => sendOverTus(target, file.bytes, file.sha256))
      for (const name of await readdir(parts)) await rm(path.join(parts, name))
    },
  }
}

const cpuOf = (pids: number[]): number => pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0)

async function inTurns(count: number, atOnce: number, act: () => Promise<unknown>): Promise<void> {
  let left = count
  const next = async () => {
    while (left-- > 0) await act()
  }
  await Promise.all(Array.from({ length: atOnce }, next))
}

async function measureCpu(ours: Way, bare: Way): Promise<Measurement> {
  const databases: number[] = []
  const perUpload = (way: Way) => async () => {
    const before = way.seconds()
    await way.send(UPLOADS, 1)
    const after = way.seconds()
    if (way === ours) databases.push((after.database - before.database) / UPLOADS)
    return (after.server - before.server) / UPLOADS
  }
  const values = await measureInTurn(ROUNDS, { ours: perUpload(ours), bare: perUpload(bare) })
  const [own, plain] = [least(values.ours), least(values.bare)]
  return {
    what: 'Upload of 25 MB, server CPU against plain @tus/server; session, lock, digest and flush included',
    value: own / plain,
    bound: { atMost: 1.5 },
    unit: '×',
    record:
      `${own.toFixed(3)} against ${plain.toFixed(3)} CPU-s an upload (least of ${ROUNDS}); ` +
      `PostgreSQL’s own, not in the ratio: ${least(databases).toFixed(3)}`,
  }
}

async function measureMemory(ours: Way): Promise<Measurement> {
  const before = ours.pids.reduce((sum, pid) => sum + memoryOf(pid, 'VmRSS'), 0)
  const grown = watchMemory(ours.pids)
  await ours.send(AT_ONCE, AT_ONCE)
  return {
    what: `${AT_ONCE} uploads of 25 MB at once, memory of our processes above what they held before`,
    value: grown(),
    bound: { atMost: 250 },
    unit: 'MB',
    record: `from ${before.toFixed(0)} MB`,
  }
}

/** A program of this directory in a process of its own. */
export interface Child {
  pid: number
  process: ChildProcess
  /** Ends it; resolves once it is gone. */
  stop(): Promise<void>
}

/** Start a program and wait for its first message. Rejects when it ends before it has said anything. */
export async function startChild<Message>(
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Child & { first: Message }> {
  const child = fork(path.join(import.meta.dirname, program), args, { env })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const first = await new Promise<Message>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Message))
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)))
  })
  return {
    pid: child.pid!,
    process: child,
    first,
    async stop() {
      if (child.connected) child.disconnect()
      await gone
    },
  }
}
