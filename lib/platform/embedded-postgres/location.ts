import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { StartRefusal } from '../start-refusal.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { canReach, type DatabaseUser, databaseUser, ownDirectory } from './database-user.ts'
import { DATABASE_MEGABYTES_MIN } from './memory-settings.ts'

/** Paths and owner of one embedded database. */
export interface ClusterLocation {
  /** The directory that was given, as an absolute path without symbolic links. */
  root: string
  /** PostgreSQL's own data directory: `root`/data. */
  cluster: string
  /** Part of the title of every process of this database, so that orphans are recognised. */
  clusterName: string
  socketDirectory: string
  passwordFile: string
  startupLog: string
  user: DatabaseUser | undefined
  /** Memory that a server which is started here plans for. */
  megabytes: number
  log: (line: string) => void
}

/** Private port in a private directory: it only names the socket file. */
export const SOCKET_PORT = 5432

/** macOS allows 103 bytes for the path of a socket, Linux 107. */
const SOCKET_PATH_BYTES_MAX = 103
const SOCKET_FILE = `/.s.PGSQL.${SOCKET_PORT}`

/** Create the directories, owned by the database user. Throws when that user cannot reach them. */
export function prepareLocation(
  dir: string,
  log: (line: string) => void,
  megabytes: number = DATABASE_MEGABYTES_MIN,
): ClusterLocation {
  mkdirSync(dir, { recursive: true })
  const root = realpathSync(dir)
  const cluster = path.join(root, 'data')
  const user = databaseUser(cluster)
  // As root, the directory stays root's: the database user may enter it, but not replace its contents.
  if (user) ownDirectory(root, { uid: 0, gid: 0 }, 0o711)
  else ownDirectory(root, undefined, 0o700)
  if (user && !canReach(cluster, user)) {
    throw new StartRefusal(
      `Started as root, the database runs as user ${user.uid}, who cannot enter ${root}. ` +
        'Choose a DATA_DIR outside of private directories, such as /var/lib/arraydrop.',
    )
  }
  const clusterName = `arraydrop-${createHash('sha256').update(cluster).digest('hex').slice(0, 12)}`
  return {
    root,
    cluster,
    clusterName,
    socketDirectory: socketDirectory(root, clusterName, user),
    passwordFile: path.join(root, 'password'),
    startupLog: path.join(root, 'startup.log'),
    user,
    megabytes,
    log,
  }
}

function socketDirectory(root: string, clusterName: string, user: DatabaseUser | undefined): string {
  const beside = path.join(root, 'run')
  if (Buffer.byteLength(beside + SOCKET_FILE) <= SOCKET_PATH_BYTES_MAX) {
    ownDirectory(beside, user, 0o700)
    return beside
  }
  // Not os.tmpdir(): two processes with different TMPDIR must meet at the same socket.
  const short = path.join('/tmp', clusterName)
  const found = lstatSync(short, { throwIfNoEntry: false })
  const uid = user?.uid ?? process.getuid?.()
  if (found && !(found.isDirectory() && found.uid === uid)) {
    throw new StartRefusal(`${short} belongs to another user. Choose a DATA_DIR with a shorter path.`)
  }
  ownDirectory(short, user, 0o700)
  return short
}

/** PostgreSQL's programs for this location. */
export const binariesFor = ({ root, user }: ClusterLocation, binDir: string | undefined): Binaries =>
  findBinaries({ root, binDir, user })
