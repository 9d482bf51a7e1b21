import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
// Plain JavaScript: the runner of the tests uses the same.
import { findProgram } from '../bin/testing/find-programs.mjs'

const call = promisify(execFile)
const OUTPUT_BYTES_MAX = 64 * 1_048_576
const START_MS_MAX = 60_000
const PROGRAMS = ['systemd-nspawn', 'debootstrap', 'nsenter']
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const CERTIFICATES = '/etc/certificates-of-tests.pem'

/** Whether an empty Debian with a systemd of its own can be made and started here. */
export const machineHere =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  PROGRAMS.every((program) => findProgram([program]))

export interface Machine {
  /** Its root, as a folder of this machine. */
  root: string
  /** Authorities that its programs of Node trust besides their own, as a file inside. */
  certificates: string
  /** Runs lines of a shell as root and returns what they print; rejects when one of them fails. */
  run(lines: string): Promise<string>
  stop(): Promise<void>
}

/** An empty Debian 12, booted by its own systemd. It has processes and users of its own, and this machine's network. */
export async function startMachine(folder: string): Promise<Machine> {
  const root = path.join(folder, 'machine')
  const packages = '--include=systemd,systemd-sysv,dbus,ca-certificates,openssl,curl,procps'
  await call('debootstrap', ['--variant=minbase', packages, 'bookworm', root], LARGE)
  await connect(root)
  // A machine that is thrown away need not survive a power cut: packages are unpacked several times as fast.
  writeFileSync(path.join(root, 'etc/dpkg/dpkg.cfg.d/tests'), 'force-unsafe-io\n')
  const alone = ['--register=no', '--keep-unit', '--resolv-conf=off']
  const child = spawn('systemd-nspawn', ['-D', root, ...alone, '--boot'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const stop = async () => {
    if (child.exitCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGTERM') // nspawn then switches the machine off
    await gone
  }
  const runIn = async (leader: string, lines: string): Promise<string> => {
    const inside = ['-t', leader, '-m', '-u', '-i', '-p', '-C', 'env', '-i', `PATH=${PATH}`, 'HOME=/root']
    const variables = readFileSync(path.join(root, 'etc/environment'), 'utf8').split('\n').filter(Boolean)
    const shell = ['DEBIAN_FRONTEND=noninteractive', 'bash', '-euo', 'pipefail', '-c', lines]
    const { stdout } = await call('nsenter', [...inside, ...variables, ...shell], LARGE)
    return stdout
  }
  try {
    const leader = await firstProcessOf(child)
    const run = (lines: string) => runIn(leader, lines)
    await untilBooted(run)
    return { root, certificates: CERTIFICATES, run, stop }
  } catch (error) {
    await stop()
    throw new Error(output, { cause: error })
  }
}

const LARGE = { maxBuffer: OUTPUT_BYTES_MAX }

/** Names, and what npm needs to reach its registry: this user's settings and the certificates that are trusted here. */
async function connect(root: string): Promise<void> {
  copyFileSync('/etc/resolv.conf', path.join(root, 'etc/resolv.conf'))
  const variables: string[] = []
  const { stdout } = await call('npm', ['config', 'get', 'userconfig'])
  if (existsSync(stdout.trim())) {
    copyFileSync(stdout.trim(), path.join(root, 'etc/npmrc-of-tests'))
    variables.push('NPM_CONFIG_USERCONFIG=/etc/npmrc-of-tests')
  }
  const own = process.env.NODE_EXTRA_CA_CERTS
  writeFileSync(path.join(root, CERTIFICATES), own ? readFileSync(own) : '')
  variables.push(`NODE_EXTRA_CA_CERTS=${CERTIFICATES}`)
  writeFileSync(path.join(root, 'etc/environment'), `${variables.join('\n')}\n`)
  const settings = path.join(root, 'etc/systemd/system.conf.d')
  mkdirSync(settings)
  writeFileSync(
    path.join(settings, 'tests.conf'),
    `[Manager]\nDefaultEnvironment=${variables.map((variable) => `"${variable}"`).join(' ')}\n`,
  )
}

/** The machine's own first process, as this machine numbers it. Before it, nspawn has a child that prepares its folders. */
async function firstProcessOf(child: ChildProcess): Promise<string> {
  const deadline = Date.now() + START_MS_MAX
  while (Date.now() < deadline && child.exitCode === null) {
    const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ')
    const first = children.find(isFirstInside)
    if (first) return first
    await wait(50)
  }
  throw new Error('The machine did not start')
}

/** Whether a process is the first one of a machine of its own. */
function isFirstInside(pid: string): boolean {
  try {
    return /^NSpid:\t\d+\t1$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false // there is none, or it has ended
  }
}

async function untilBooted(run: Machine['run']): Promise<void> {
  const deadline = Date.now() + START_MS_MAX
  for (;;) {
    const state = await run('systemctl is-system-running 2>&1 || true').catch(String)
    if (/^(?:running|degraded)$/m.test(state)) return
    if (Date.now() > deadline) throw new Error(`The machine did not boot: ${state}`)
    await wait(200)
  }
}
