import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
// Plain JavaScript: the runner of the tests uses the same.
import { findProgram } from '../bin/testing/find-programs.mjs'

const ROOT = path.resolve(import.meta.dirname, '..')
const OUTPUT_BYTES_MAX = 64 * 1_048_576
const call = promisify(execFile)

/** Whether images are built and containers are run here: Debian's packages, no daemon, and root for their file systems. */
export const containersHere =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  ['buildah', 'crun', 'debootstrap'].every((program) => findProgram([program]))

export interface Container {
  /** What both of its outputs hold so far. */
  output(): string
  running(): boolean
  /** Runs a program in it, as its user, and returns its exit code and what it printed. */
  exec(...command: string[]): Promise<{ code: number; stdout: string; stderr: string }>
  /** Sends SIGTERM and returns the exit code, null when it had to be killed. */
  stop(): Promise<number | null>
}

interface ImageSettings {
  User: string
  WorkingDir: string
  Env: string[]
  Cmd: string[]
  Volumes: Record<string, unknown>
  Healthcheck: { Test: string[] }
}

export interface Image {
  settings: ImageSettings
  /**
   * A container with a root that cannot be written, the image's own user, no capability, and the network of this machine.
   * `volumes` are folders of this machine by where they appear.
   */
  run(more: {
    command?: string[]
    env: Record<string, string>
    volumes: Record<string, string>
  }): Promise<Container>
  /** Gives a folder of this machine to the image's user. */
  own(folder: string): void
}

/** How the OCI's runtimes are told what to run. */
type Bundle = Record<string, unknown> & { process: Record<string, unknown> & { args: string[] } }

/** Images and containers that all live below `folder`; nothing of the machine's own is used or changed. */
export class Containers {
  readonly #folder: string
  #started = 0

  constructor(folder: string) {
    this.#folder = folder
  }

  /** What the Containerfile begins with: from its registry where that can be reached, else made of Debian and this Node. */
  async prepareBase(name: string): Promise<'pulled' | 'made'> {
    const pulled = await this.#buildah('pull', '--quiet', `docker.io/library/${name}`).then(
      () => true,
      () => false,
    )
    if (pulled) return 'pulled'
    const container = await this.#buildah('from', 'scratch')
    const root = await this.#buildah('mount', container)
    await call('debootstrap', ['--variant=minbase', '--include=ca-certificates', 'bookworm', root], LARGE)
    const local = path.join(root, 'usr/local')
    cpSync(realpathSync(process.execPath), path.join(local, 'bin/node'))
    const npm = path.resolve(realpathSync(findProgram(['npm'])!), '../..')
    cpSync(npm, path.join(local, 'lib/node_modules/npm'), { recursive: true })
    const script = '#!/bin/sh\nexec node /usr/local/lib/node_modules/npm/bin/npm-cli.js "$@"\n'
    writeFileSync(path.join(local, 'bin/npm'), script, { mode: 0o755 })
    await call('chroot', [root, 'useradd', '--create-home', '--uid', '1000', 'node'])
    await this.#buildah('commit', '--quiet', '--rm', container, `docker.io/library/${name}`)
    return 'made'
  }

  /** Builds the Containerfile as the manual says, with this machine's settings of npm. */
  async build(): Promise<Image> {
    const build = ['bud', '--isolation', 'chroot', '--pull-never', '--format', 'docker']
    const volumes = (await npmVolumes(this.#folder)).flatMap((volume) => ['--volume', volume])
    await this.#buildah(...build, ...volumes, '-f', 'deploy/Containerfile', '-t', 'arraydrop', '.')
    const described = JSON.parse(await this.#buildah('inspect', '--type', 'image', 'arraydrop'))
    const settings: ImageSettings = described.Docker.config
    const root = await this.#buildah('mount', await this.#buildah('from', '--pull-never', 'arraydrop'))
    const [uid, gid] = idsOf(settings.User, root)
    return {
      settings,
      own: (folder) => chownSync(folder, uid, gid),
      run: ({ command = settings.Cmd, env, volumes }) => {
        const named = Object.entries(env).map(([name, value]) => `${name}=${value}`)
        return this.#start({
          ociVersion: '1.0.2',
          process: {
            user: { uid, gid },
            args: command,
            env: [...settings.Env, ...named],
            cwd: settings.WorkingDir,
            capabilities: { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] },
            noNewPrivileges: true,
          },
          root: { path: root, readonly: true },
          mounts: [...SYSTEM_MOUNTS, ...Object.entries(volumes).map(bind)],
          linux: { namespaces: ['pid', 'ipc', 'uts', 'mount'].map((type) => ({ type })) },
        })
      },
    }
  }

  /** Unmounts and deletes every container and image. */
  async dispose(): Promise<void> {
    await this.#buildah('rm', '--all').catch(() => undefined)
    await this.#buildah('rmi', '--all', '--force').catch(() => undefined)
  }

  async #start(bundle: Bundle): Promise<Container> {
    const name = `arraydrop-${this.#started++}`
    const folder = path.join(this.#folder, name)
    mkdirSync(folder)
    writeFileSync(path.join(folder, 'config.json'), JSON.stringify(bundle))
    const state = path.join(this.#folder, 'crun')
    const crun = (...args: string[]) => [
      ...WITHOUT_CONTROL_GROUPS,
      ...['crun', '--root', state, '--cgroup-manager', 'disabled', ...args],
    ]
    const child = spawn('unshare', crun('run', '--bundle', folder, name), {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const gone = once(child, 'exit') as Promise<[number | null]>
    const output = collect(child)
    const running = () => child.exitCode === null && child.signalCode === null
    return {
      output,
      running,
      exec(...args) {
        const file = path.join(folder, `exec-${randomUUID()}.json`)
        // Without a description of its own, the program would run as root.
        writeFileSync(file, JSON.stringify({ ...bundle.process, args }))
        return call('unshare', crun('exec', '--process', file, name), LARGE).then(
          ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
          ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
        )
      },
      async stop() {
        if (running()) await call('unshare', crun('kill', name, 'SIGTERM'))
        const [code] = await gone
        return code
      },
    }
  }

  async #buildah(...args: string[]): Promise<string> {
    const storage = [
      '--root',
      path.join(this.#folder, 'storage'),
      '--runroot',
      path.join(this.#folder, 'run'),
    ]
    const { stdout } = await call('buildah', [...storage, ...args], { ...LARGE, cwd: ROOT })
    return stdout.trim()
  }
}

/** crun refuses machines that have both versions of control groups; what is limited by them is not tested here. */
const WITHOUT_CONTROL_GROUPS = ['--mount', 'sh', '-c', 'mount -t tmpfs none /sys/fs/cgroup && exec "$0" "$@"']

const LARGE = { maxBuffer: OUTPUT_BYTES_MAX }

const SYSTEM_MOUNTS = [
  { destination: '/proc', type: 'proc', source: 'proc' },
  { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'strictatime', 'mode=755'] },
  { destination: '/tmp', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'nodev', 'mode=1777'] },
]

const bind = ([destination, source]: [string, string]) => ({
  destination,
  source,
  type: 'bind',
  options: ['bind', 'rw'],
})

/**
 * Where npm finds its packages, as `from:to`: the settings and the cache of this user, and the certificates that Node trusts
 * here besides its own, so that a mirror works in the build, too.
 */
async function npmVolumes(folder: string): Promise<string[]> {
  const setting = async (name: string) => (await call('npm', ['config', 'get', name])).stdout.trim()
  const volumes = [
    [await setting('userconfig'), '/root/.npmrc'],
    [await setting('cache'), '/root/.npm'],
  ]
  const certificates = process.env.NODE_EXTRA_CA_CERTS
  if (certificates) {
    const settings = path.join(folder, 'npmrc')
    writeFileSync(settings, 'cafile=/run/certificates.pem\n')
    volumes.push([certificates, '/run/certificates.pem'], [settings, '/usr/local/etc/npmrc'])
  }
  return volumes.filter(([from]) => existsSync(from!)).map((volume) => volume.join(':'))
}

function idsOf(user: string, root: string): [number, number] {
  const lines = readFileSync(path.join(root, 'etc/passwd'), 'utf8').split('\n')
  const [, , uid, gid] = lines.find((line) => line.startsWith(`${user}:`))!.split(':')
  return [Number(uid), Number(gid)]
}

function collect({ stdout, stderr }: ChildProcess): () => string {
  let output = ''
  for (const stream of [stdout!, stderr!]) stream.on('data', (chunk) => (output += chunk))
  return () => output
}
