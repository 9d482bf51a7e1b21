import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { StartRefusal } from '../start-refusal.ts'
import { type Binaries, POSTGRES_MAJOR } from './binaries.ts'
import { ownDirectory } from './database-user.ts'
import type { ClusterLocation } from './location.ts'
import { syncToDisk } from './sync-to-disk.ts'

const DRAFT = 'draft-'
const DRAFT_ABANDONED_MS = 10 * 60 * 1000
/** An empty cluster, the first database in it, and the log of what was written. */
const FREE_MEGABYTES_MIN = 128

/** What PostgreSQL's programs need of the environment: nothing of ours may change their behaviour. Next's types want NODE_ENV. */
export const BARE_ENVIRONMENT = {
  PATH: '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
} as unknown as NodeJS.ProcessEnv

const isWhole = (cluster: string): boolean => existsSync(path.join(cluster, 'PG_VERSION'))

/**
 * A whole cluster with its password, durable before this resolves. It is made aside and then renamed, so that a start
 * that was killed, or raced by another, never leaves a half-made one. Throws when another major version made it.
 */
export async function ensureCluster(location: ClusterLocation, binaries: Binaries): Promise<void> {
  if (!isWhole(location.cluster)) await createCluster(location, binaries)
  sweepDrafts(location.root)
  const version = readFileSync(path.join(location.cluster, 'PG_VERSION'), 'utf8').trim()
  if (version !== POSTGRES_MAJOR) {
    throw new StartRefusal(
      `The database in ${location.cluster} was made by PostgreSQL ${version}, and this release has ${POSTGRES_MAJOR}. ` +
        'Start the release that made it and move the data with pg_dump.',
    )
  }
  if (!existsSync(location.passwordFile)) {
    throw new StartRefusal(
      `${location.passwordFile} is missing, and the database next to it cannot be opened without it.`,
    )
  }
}

async function createCluster(location: ClusterLocation, binaries: Binaries): Promise<void> {
  refuseFullDisk(location.root)
  location.log('creating the embedded database')
  moveAsideWhatIsBroken(location)
  const draft = mkdtempSync(path.join(location.root, DRAFT))
  try {
    ensurePassword(location, draft)
    ownDirectory(draft, location.user, 0o700)
    const made = path.join(draft, 'data')
    await initialise(location, binaries, draft, made)
    try {
      renameSync(made, location.cluster)
    } catch (error) {
      if (!isWhole(location.cluster)) throw error // else another process was faster
    }
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  for (const directory of [location.root, path.dirname(location.root)]) syncToDisk(directory)
}

function refuseFullDisk(root: string): void {
  const { bavail, bsize } = statfsSync(root)
  const free = Math.floor((bavail * bsize) / 1_048_576)
  if (free >= FREE_MEGABYTES_MIN) return
  throw new StartRefusal(
    `The disk of ${root} has ${free} MB free, and the embedded database needs ${FREE_MEGABYTES_MIN} MB to begin with: make room, or name a folder on another disk in DATA_DIR.`,
  )
}

/** A directory that is no cluster, such as one cut off in copying, may still hold data worth recovering. */
function moveAsideWhatIsBroken(location: ClusterLocation): void {
  if (!existsSync(location.cluster) || readdirSync(location.cluster).length === 0) return
  const aside = path.join(location.root, `broken-${Date.now()}`)
  try {
    if (!isWhole(location.cluster)) renameSync(location.cluster, aside)
  } catch {
    return // another process was faster
  }
  if (isWhole(aside)) renameSync(aside, location.cluster)
  else location.log(`the directory of the database was incomplete; it was moved to ${aside}`)
}

function ensurePassword(location: ClusterLocation, draft: string): void {
  if (existsSync(location.passwordFile)) return
  const written = path.join(draft, 'password')
  // Without flush a power cut leaves an empty file, and a database that cannot be opened.
  writeFileSync(written, randomBytes(24).toString('base64url'), { mode: 0o600, flush: true })
  try {
    linkSync(written, location.passwordFile)
  } catch (error) {
    if (!existsSync(location.passwordFile)) throw error
  }
  syncToDisk(location.root)
}

async function initialise(
  location: ClusterLocation,
  binaries: Binaries,
  draft: string,
  made: string,
): Promise<void> {
  const passwordCopy = path.join(draft, 'password-for-initdb')
  copyFileSync(location.passwordFile, passwordCopy)
  if (location.user) chownSync(passwordCopy, location.user.uid, location.user.gid)
  const options = [
    ['-D', made, '-U', 'postgres', '-A', 'scram-sha-256', '--pwfile', passwordCopy, '-E', 'UTF8'],
    // A locale of PostgreSQL's own: indexes stay right when the system's collation changes.
    ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    ['--data-checksums', '--no-instructions'],
  ].flat()
  const running = spawn(binaries.initdb, options, {
    ...location.user,
    cwd: draft,
    env: BARE_ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  running.stdout.on('data', (chunk) => (output += chunk))
  running.stderr.on('data', (chunk) => (output += chunk))
  const code = await new Promise((resolve, reject) => running.on('error', reject).on('close', resolve))
  if (code !== 0) {
    throw new StartRefusal(`The embedded database could not be created in ${location.root}: ${whyOf(output)}`)
  }
}

/** The last line that names a fault: after it, initdb tells how it cleans up. */
function whyOf(output: string): string {
  const lines = output.trim().split('\n')
  return (lines.findLast((line) => /\b(?:error|fatal|panic):/i.test(line)) ?? lines.at(-1)!).slice(-500)
}

/** Remove drafts that killed starts left behind. The draft of a running start is younger. */
function sweepDrafts(root: string): void {
  for (const name of readdirSync(root)) {
    if (!name.startsWith(DRAFT)) continue
    const draft = path.join(root, name)
    const made = statSync(draft, { throwIfNoEntry: false })
    if (made && Date.now() - made.mtimeMs > DRAFT_ABANDONED_MS)
      rmSync(draft, { recursive: true, force: true })
  }
}
