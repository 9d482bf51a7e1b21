import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const READY_MS_MAX = 60_000
const STOP_MS_MAX = 10_000
const MEMORY_BYTES = 4 * 1024 ** 3

/** @typedef {{ endpoint: string, accessKeyId: string, secretAccessKey: string }} Access */

/**
 * A real S3 server for tests: Ceph's object gateway over one monitor and one store in memory, all of them children of
 * this process, on free ports, gone with everything they hold after `stop()`. The gateway alone can be
 * stopped (`halt`) and started again (`resume`) with its objects, to simulate an outage. Starts in about 8 s.
 *
 * @returns {Promise<Access & { halt(): Promise<void>, resume(): Promise<void>, stop(): Promise<void> }>}
 */
export async function startRgw() {
  const directory = mkdtempSync(path.join(tmpdir(), 'arraydrop-rgw-'))
  const ports = await freePorts(3)
  const access = {
    endpoint: `http://127.0.0.1:${ports[0]}`,
    accessKeyId: 'testkey',
    secretAccessKey: 'testsecret',
  }
  const children = new Map()
  const daemon = (name, program, ...args) => {
    const child = spawn(program, ['-f', ...args], { env: envOf(directory), stdio: 'ignore' })
    child.on('error', () => {})
    children.set(name, child)
  }
  const ceph = (program, ...args) => run(program, args, { env: envOf(directory), timeout: READY_MS_MAX })
  const gateway = async () => {
    daemon('gateway', 'radosgw', '-n', 'client.rgw')
    await untilAnswered(access.endpoint, children.get('gateway'))
  }
  // A test process that crashes must not leave them behind.
  const killAll = () => {
    for (const child of children.values()) child.kill('SIGKILL')
  }
  process.once('exit', killAll)
  const stop = async () => {
    process.off('exit', killAll)
    // The gateway first, because it waits for a store that is gone.
    for (const name of ['gateway', 'store', 'monitor']) await end(children.get(name))
    rmSync(directory, { recursive: true, force: true })
  }
  try {
    const cluster = randomUUID()
    configure(directory, cluster, ports)
    const map = path.join(directory, 'monmap')
    await ceph('monmaptool', '--create', '--fsid', cluster, '--addv', 'a', addressesOf(ports), map)
    await ceph('ceph-mon', '--mkfs', '-i', 'a', '--monmap', map, '--mon-data', path.join(directory, 'mon'))
    daemon('monitor', 'ceph-mon', '-i', 'a')
    const store = randomUUID()
    await ceph('ceph', 'osd', 'new', store)
    await ceph('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', store)
    daemon('store', 'ceph-osd', '-i', '0')
    const user = ['--uid=test', '--display-name=test', `--access-key=${access.accessKeyId}`]
    const made = ceph('radosgw-admin', 'user', 'create', ...user, `--secret=${access.secretAccessKey}`)
    await Promise.all([made, gateway()])
  } catch (error) {
    await stop()
    throw error
  }
  return { ...access, halt: () => end(children.get('gateway')), resume: gateway, stop }
}

const envOf = (directory) => ({ PATH: process.env.PATH, CEPH_CONF: path.join(directory, 'ceph.conf') })

const addressesOf = ([, v2, v1]) => `[v2:127.0.0.1:${v2},v1:127.0.0.1:${v1}]`

function configure(directory, cluster, ports) {
  for (const name of ['mon', 'osd', 'rgw']) mkdirSync(path.join(directory, name))
  writeFileSync(
    path.join(directory, 'ceph.conf'),
    `[global]
fsid = ${cluster}
mon host = ${addressesOf(ports)}
ms bind ipv4 = true
# Without keys there is no secure mode, which the gateway would insist on forever.
ms mon client mode = crc
ms client mode = crc
auth cluster required = none
auth service required = none
auth client required = none
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
mon warn on pool no redundancy = false
run dir = ${directory}
log file = ${directory}/$name.log
admin socket = ${directory}/$name.asok
pid file = ${directory}/$name.pid
[mon.a]
mon data = ${directory}/mon
public addr = 127.0.0.1
[osd.0]
osd data = ${directory}/osd
osd objectstore = memstore
memstore device bytes = ${MEMORY_BYTES}
public addr = 127.0.0.1
cluster addr = 127.0.0.1
[client.rgw]
rgw data = ${directory}/rgw
rgw frontends = beast endpoint=127.0.0.1:${ports[0]}
rgw dns name = localhost
rgw enable usage log = false
rgw gc processor period = 60
rgw thread pool size = 64
`,
  )
}

async function untilAnswered(endpoint, child) {
  const deadline = Date.now() + READY_MS_MAX
  for (;;) {
    const up = await fetch(endpoint).then(
      () => true,
      () => false,
    )
    if (up) return
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('The S3 server did not start')
    await sleep(100)
  }
}

async function end(child) {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const late = sleep(STOP_MS_MAX, 'late', { ref: false })
  if ((await Promise.race([gone, late])) === 'late') {
    child.kill('SIGKILL')
    await gone
  }
}

async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer())
  await Promise.all(servers.map((server) => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))))
  const ports = servers.map((server) => server.address().port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
