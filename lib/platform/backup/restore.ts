import { chmodSync, chownSync, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { databaseUser } from '../embedded-postgres/database-user.ts'
import { prepareLocation } from '../embedded-postgres/location.ts'
import { postmasterState } from '../embedded-postgres/postmaster.ts'
import { startEmbeddedPostgres } from '../embedded-postgres/start-embedded-postgres.ts'
import { syncToDisk } from '../embedded-postgres/sync-to-disk.ts'
import { copyFile } from './copy-file.ts'
import { inParallel } from './in-parallel.ts'
import { DESCRIPTION_FILE, readDigests } from './manifest.ts'

export interface RestoreOptions {
  /** Directory that `backUp` made. */
  source: string
  /** Created when missing; must be empty, and nothing may be running on it. */
  dataDir: string
  binDir?: string | undefined
  log: (line: string) => void
}

const ASIDE = '.restoring-'
/** The database last: a start without it would create an empty one, and once it is there, so is everything else. */
const PARTS = ['files', 'parts', 'app-secret', 'postgres']

/**
 * Restore a backup into an empty DATA_DIR. Every file is compared with its digest, and the database is opened once
 * before this resolves. Without the secret in the backup, the service does not start until it is put into DATA_DIR. When it rejects, DATA_DIR is as it was, unless the database itself did not open.
 */
export async function restore({
  source,
  dataDir,
  binDir,
  log,
}: RestoreOptions): Promise<{ files: number; appSecret: boolean }> {
  const digests = await readDigests(source)
  await mkdir(dataDir, { recursive: true })
  await refuseUnlessEmpty(dataDir)
  const aside = await mkdtemp(path.join(dataDir, ASIDE))
  try {
    await copyBack(source, aside, digests)
    const secret = path.join(aside, 'app-secret')
    // An empty secret is refused at start. Without the file, a new one would be made, with which nothing can be read.
    if (!existsSync(secret)) await writeFile(secret, '', { mode: 0o600 })
    await takeOver(aside)
    for (const name of PARTS) {
      if (existsSync(path.join(aside, name))) await rename(path.join(aside, name), path.join(dataDir, name))
    }
    syncToDisk(dataDir)
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
  const database = await startEmbeddedPostgres({ dir: path.join(dataDir, 'postgres'), binDir, log })
  await database.stop()
  return { files: digests.size, appSecret: digests.has('app-secret') }
}

async function refuseUnlessEmpty(dataDir: string): Promise<void> {
  const postgres = path.join(dataDir, 'postgres')
  if (existsSync(postgres) && postmasterState(prepareLocation(postgres, () => {})) === 'alive') {
    throw new Error(
      `Arraydrop is running on ${dataDir}. Restore into an empty directory, with nothing running on it.`,
    )
  }
  for (const name of await readdir(dataDir)) {
    // Left by a killed restore, or part of a fresh file system.
    if (name.startsWith(ASIDE)) await rm(path.join(dataDir, name), { recursive: true, force: true })
    else if (name !== 'lost+found')
      throw new Error(`${dataDir} is not empty. Restore into an empty directory.`)
  }
}

async function copyBack(source: string, aside: string, digests: Map<string, string>): Promise<void> {
  await inParallel(digests, async ([name, digest]) => {
    const found = await copyFile(path.join(source, name), path.join(aside, name))
    if (found === undefined) throw new Error(`The backup is damaged: ${name} is missing.`)
    if (found !== digest) throw new Error(`The backup is damaged: ${name} is not what was backed up.`)
  })
  await rm(path.join(aside, DESCRIPTION_FILE))
  // PostgreSQL wants its empty directories too.
  const cluster = path.join('postgres', 'data')
  for (const entry of await readdir(path.join(source, cluster), { withFileTypes: true, recursive: true })) {
    if (!entry.isDirectory()) continue
    const name = path.relative(source, path.join(entry.parentPath, entry.name))
    await mkdir(path.join(aside, name), { recursive: true, mode: 0o700 })
  }
}

/** Give the cluster to the database user, and flush every directory. */
async function takeOver(aside: string): Promise<void> {
  const cluster = path.join(aside, 'postgres', 'data')
  const user = databaseUser(cluster)
  for (const entry of await readdir(aside, { withFileTypes: true, recursive: true })) {
    const at = path.join(entry.parentPath, entry.name)
    if (user && at.startsWith(cluster)) chownSync(at, user.uid, user.gid)
    if (entry.isDirectory()) syncToDisk(at)
  }
  chmodSync(path.join(aside, 'postgres'), user ? 0o711 : 0o700)
  syncToDisk(aside)
}
