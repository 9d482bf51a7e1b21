import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { CreateBucketCommand } from '@aws-sdk/client-s3'
import { parse } from 'yaml'
import { freePort } from '#lib/testing/free-port.ts'
import { rgwIsHere, startTestRgw, testS3Client } from '#lib/testing/rgw-for-tests.ts'
import { nginxHere, startNginx } from './nginx-for-tests.ts'

const WAIT_MS = 200
const TRIES_MAX = 1_500
/** nginx-for-tests.ts gives these to the name `web`. */
const WEB_ADDRESSES = ['127.0.0.2', '127.0.0.3']

/** Whether there is a proxy and a store to run it with. */
export const topologyHere = nginxHere !== undefined && rgwIsHere()

/** A process or a container. */
interface Running {
  output(): string
  running(): boolean
  /** Sends SIGTERM and returns the exit code, null when it had to be killed. */
  stop(): Promise<number | null>
}

/** Starts one; without a command, with the image's own. */
export type Start<R extends Running> = (
  command: string[] | undefined,
  env: Record<string, string>,
) => Promise<R>

export interface Topology<R extends Running> {
  /** The proxy. */
  origin: string
  web: R[]
  workers: R[]
  /** What compose.yaml and its .env give to a web server, for the command line. */
  environment: Record<string, string>
  /** Stops everything, once; returns the exit codes of web servers and workers. */
  stop(): Promise<(number | null)[]>
}

interface Service {
  command?: string[]
  environment: Record<string, string>
  deploy: { replicas: number }
}

/**
 * The services of compose.yaml, as many of each and with the commands and settings that it says, behind nginx.conf, with a real
 * store in which the bucket of its `STORAGE_URL` was created. Only names of hosts and secrets differ. Ready when it resolves.
 */
export async function startTopology<R extends Running>(
  start: Start<R>,
  databaseUrl: string,
): Promise<Topology<R>> {
  const { web, worker } = servicesOfCompose()
  const store = await startTestRgw()
  const port = await freePort()
  const proxy = await startNginx({ addresses: () => WEB_ADDRESSES.slice(0, web.deploy.replicas), port })
  const client = testS3Client(store.access)
  await client.send(new CreateBucketCommand({ Bucket: new URL(web.environment.STORAGE_URL!).host }))
  client.destroy()
  const secret = randomBytes(32).toString('base64')
  const settings = (service: Service) => ({
    ...service.environment,
    DATABASE_URL: databaseUrl,
    STORAGE_URL: service.environment.STORAGE_URL!.replace('http://objects:8333', store.access.endpoint),
    AWS_ACCESS_KEY_ID: store.access.accessKeyId,
    AWS_SECRET_ACCESS_KEY: store.access.secretAccessKey,
    PUBLIC_URL: proxy.origin,
    APP_SECRET: secret,
  })
  const started: { web: R[]; workers: R[] } = { web: [], workers: [] }
  const stopAll = async () => {
    const codes = await Promise.all([...started.web, ...started.workers].map((one) => one.stop()))
    await proxy.stop()
    await store.stop()
    return codes
  }
  let stopping: ReturnType<typeof stopAll> | undefined
  const stop = () => (stopping ??= stopAll())
  try {
    for (const address of WEB_ADDRESSES.slice(0, web.deploy.replicas)) {
      const env = { ...settings(web), HOST: address, PORT: String(port) }
      started.web.push(await start(web.command, env))
    }
    for (let n = 0; n < worker.deploy.replicas; n++) {
      started.workers.push(await start(worker.command, settings(worker)))
    }
    for (const [n, one] of started.web.entries()) {
      await until(one, () => isReadyAtOnce(`http://${WEB_ADDRESSES[n]}:${port}`))
    }
    for (const one of started.workers) await until(one, async () => one.output().includes('worker ready'))
    await until(started.web[0]!, () => isReady(proxy.origin))
  } catch (error) {
    await stop()
    throw error
  }
  return { origin: proxy.origin, ...started, environment: settings(web), stop }
}

function servicesOfCompose(): { web: Service; worker: Service } {
  const text = readFileSync(path.join(import.meta.dirname, 'compose.yaml'), 'utf8')
  return parse(text, { merge: true }).services
}

const isReady = (origin: string): Promise<boolean> =>
  fetch(`${origin}/api/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  )

/** Behind a proxy, a server that is still starting must not take a request; rejects with what it returned to one. */
async function isReadyAtOnce(origin: string): Promise<boolean> {
  const answer = await fetch(`${origin}/api/v2/projects/`).catch(() => undefined)
  if (answer?.status === 503) throw new Error(`It took a request too early: ${await answer.text()}`)
  return isReady(origin)
}

/** Polls; rejects with what it printed when the process ends or does not get there. */
async function until(one: Running, there: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < TRIES_MAX && one.running(); n++) {
    if (await there()) return
    await wait(WAIT_MS)
  }
  throw new Error(`It did not become ready:\n${one.output()}`)
}
