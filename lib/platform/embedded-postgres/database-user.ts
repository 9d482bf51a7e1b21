import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { StartRefusal } from '../start-refusal.ts'

export interface DatabaseUser {
  uid: number
  gid: number
}

const OWN_NAME = 'arraydrop'
const NAMES = ['postgres', OWN_NAME]

/**
 * Who the database runs as: undefined means the current user. PostgreSQL refuses root, so root hands it to the owner
 * of the cluster, else to the system user `postgres`, else to a system user `arraydrop` that is made here.
 */
export function databaseUser(cluster: string): DatabaseUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = existsSync(cluster) ? statSync(cluster) : undefined
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  for (const name of NAMES) {
    const user = lookUp(name)
    if (user) return user
  }
  const options = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin']
  spawnSync('useradd', [...options, OWN_NAME])
  const made = lookUp(OWN_NAME)
  if (made) return made
  throw new StartRefusal(
    `PostgreSQL does not run as root, and no system user "${OWN_NAME}" could be made. ` +
      'Run Arraydrop as an ordinary user, or set DATABASE_URL.',
  )
}

function lookUp(name: string): DatabaseUser | undefined {
  const uid = idOf('-u', name)
  const gid = idOf('-g', name)
  return uid && gid ? { uid, gid } : undefined
}

function idOf(kind: '-u' | '-g', name: string): number | undefined {
  const asked = spawnSync('id', [kind, name], { encoding: 'utf8' })
  return asked.status === 0 ? Number(asked.stdout) : undefined
}

/** Make the directory when it is missing, and make it the database's own. */
export function ownDirectory(directory: string, user: DatabaseUser | undefined, mode: number): void {
  mkdirSync(directory, { recursive: true })
  if (user) chownSync(directory, user.uid, user.gid)
  chmodSync(directory, mode)
}

/** Whether `user` may enter every directory above `file`, so far as mode bits tell. */
export function canReach(file: string, user: DatabaseUser): boolean {
  for (let at = path.dirname(file); ; at = path.dirname(at)) {
    const { uid, gid, mode } = statSync(at)
    const enter = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if (!(mode & enter)) return false
    if (at === path.dirname(at)) return true
  }
}
