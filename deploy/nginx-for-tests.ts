import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '#lib/testing/free-port.ts'

const PROGRAMS = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx']
const START_MS_MAX = 30_000

/** The nginx of this machine, where it can stand in for the container's: backends need addresses besides 127.0.0.1. */
export const nginxHere = process.platform === 'linux' ? PROGRAMS.find(existsSync) : undefined

export interface TestNginx {
  origin: string
  /** What its access log and its error logs hold. */
  logs(): Promise<string>
  stop(): Promise<void>
}

/**
 * nginx with `deploy/nginx.conf` as shipped but for ports, paths and the address of its resolver. `addresses` are what the name
 * `web` stands for, asked for again after a second at most; the web servers listen on `port` at each.
 */
export async function startNginx({
  addresses,
  port,
  logsErrors = false,
}: {
  addresses: () => string[]
  port: number
  /** Write what `crit` leaves of the errors to a file, as the ingress controller does that is set up so. */
  logsErrors?: boolean
}): Promise<TestNginx> {
  const folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-nginx-'))
  const names = await startNameServer(addresses)
  const own = await freePort()
  const conf = replaceOnce(await readFile(path.join(import.meta.dirname, 'nginx.conf'), 'utf8'), {
    'listen 8080;': `listen 127.0.0.1:${own};`,
    'resolver 127.0.0.11 valid=5s': `resolver 127.0.0.1:${names.address().port} valid=1s`,
    ':3000;': `:${port};`,
    'access_log /dev/stdout': `access_log ${folder}/access.log`,
    'root /usr/share/nginx/outage': `root ${path.join(import.meta.dirname, '../lib')}`,
    ...(logsErrors ? { 'error_log /dev/null crit': `error_log ${folder}/error.log crit` } : {}),
  })
  await writeFile(path.join(folder, 'default.conf'), conf)
  await writeFile(path.join(folder, 'nginx.conf'), mainConfiguration(folder))
  await mkdir(path.join(folder, 'temporary'))
  const errors: string[] = []
  const child = spawn(nginxHere!, ['-p', folder, '-c', path.join(folder, 'nginx.conf'), '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  child.stderr.on('data', (chunk) => errors.push(String(chunk)))
  const stop = async () => {
    await end(child)
    names.close()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await untilListening(own, child)
  } catch (error) {
    await stop()
    throw new Error(errors.join(''), { cause: error })
  }
  const files = ['access.log', ...(logsErrors ? ['error.log'] : [])]
  return {
    origin: `http://127.0.0.1:${own}`,
    async logs() {
      const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')))
      return errors.join('') + texts.join('')
    },
    stop,
  }
}

/** What the image's own nginx.conf has around ours, with an error log that hides nothing. */
function mainConfiguration(folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/temporary/${kind};`)
    .join(' ')
  return `${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr info;
events { worker_connections 64; }
http { ${temporary} include ${folder}/default.conf; }
`
}

function replaceOnce(text: string, replacements: Record<string, string>): string {
  for (const [from, to] of Object.entries(replacements)) {
    if (text.split(from).length !== 2) throw new Error(`"${from}" is not once in nginx.conf`)
    text = text.replace(from, () => to)
  }
  return text
}

/** Answers every question with these addresses, as Docker's name server does for a service. */
async function startNameServer(addresses: () => string[]): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.on('message', (question, from) => {
    const ends = question.indexOf(0, 12) + 5
    const header = Buffer.from(question.subarray(0, 12))
    header.writeUInt16BE(0x8180, 2)
    header.writeUInt16BE(addresses().length, 6)
    header.writeUInt32BE(0, 8)
    const answers = addresses().map((address) =>
      Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...address.split('.').map(Number)]),
    )
    socket.send(Buffer.concat([header, question.subarray(12, ends), ...answers]), from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket
}

async function untilListening(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_MS_MAX
  for (;;) {
    const there = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    )
    if (there) return
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('nginx did not start')
    await wait(20)
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}
