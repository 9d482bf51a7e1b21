import { existsSync } from 'node:fs'
import { mkdir, readdir, realpath, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { prepareLocation } from '../embedded-postgres/location.ts'
import { startEmbeddedPostgres } from '../embedded-postgres/start-embedded-postgres.ts'
import { syncToDisk } from '../embedded-postgres/sync-to-disk.ts'
import { copyCluster } from './copy-cluster.ts'
import { copyFile } from './copy-file.ts'
import { DESCRIPTION_FILE, describeBackup, sha256, writeDigests } from './manifest.ts'
import { TreeCopy } from './tree-copy.ts'

export interface BackupOptions {
  dataDir: string
  binDir?: string | undefined
  /** Created when missing; must be empty. */
  target: string
  /** Copy the secret, too: the backup alone then opens everything in it. */
  withSecret: boolean
  log: (line: string) => void
}

export interface BackupSummary {
  files: number
  /** Whether the secret is in it; without it, a restore needs the secret from elsewhere. */
  appSecret: boolean
}

/**
 * Back up an installation with embedded PostgreSQL and storage on disk, also while it runs and is written to: what
 * was acknowledged before the start is in it, and every row finds its file. (A file that is both received and deleted
 * during the last moments may be missing.) It is on disk when this resolves; when it rejects, the target is empty.
 */
export async function backUp({
  dataDir,
  binDir,
  target,
  withSecret,
  log,
}: BackupOptions): Promise<BackupSummary> {
  const postgres = path.join(dataDir, 'postgres')
  if (!existsSync(path.join(postgres, 'data', 'PG_VERSION'))) {
    throw new Error(
      `There is no embedded database in ${dataDir}. Back up a PostgreSQL server with its own tools.`,
    )
  }
  await prepareTarget(dataDir, target)
  const database = await startEmbeddedPostgres({ dir: postgres, binDir, log })
  try {
    return await copyInstallation({ dataDir, target, withSecret, log })
  } catch (error) {
    for (const name of await readdir(target))
      await rm(path.join(target, name), { recursive: true, force: true })
    throw error
  } finally {
    await database.stop()
  }
}

async function prepareTarget(dataDir: string, target: string): Promise<void> {
  const inside = path.relative(await realpath(dataDir), path.resolve(target))
  if (!inside.startsWith('..') && !path.isAbsolute(inside)) {
    throw new Error(`${target} lies inside ${dataDir}; a backup belongs on another disk.`)
  }
  await mkdir(target, { recursive: true, mode: 0o700 })
  if ((await readdir(target)).length > 0) throw new Error(`${target} is not empty.`)
}

async function copyInstallation({
  dataDir,
  target,
  withSecret,
  log,
}: Omit<BackupOptions, 'binDir'>): Promise<BackupSummary> {
  const location = prepareLocation(path.join(dataDir, 'postgres'), log)
  // Files come before their rows, so those that the rows need are there when the database's copy ends; and they are
  // copied before as well, so one that is removed just then is not missed.
  const trees = ['files', 'parts'].map((name) => treeOf(dataDir, target, name))
  const pass = async () => {
    for (const { copy } of trees) await copy.pass()
  }
  await pass()
  const cluster = await copyCluster(location, path.join(target, 'postgres', 'data'), pass)
  await pass()

  const digests = new Map<string, string>()
  const add = (prefix: string, more: Map<string, string>) => {
    for (const [name, digest] of more) digests.set(`${prefix}/${name}`, digest)
  }
  for (const { name, copy } of trees) add(name, copy.digests)
  add('postgres/data', cluster)
  for (const name of [...(withSecret ? ['app-secret'] : []), 'postgres/password']) {
    const digest = await copyFile(path.join(dataDir, name), path.join(target, name))
    if (digest) digests.set(name, digest)
  }
  const description = describeBackup()
  await writeFile(path.join(target, DESCRIPTION_FILE), description, { mode: 0o600, flush: true })
  digests.set(DESCRIPTION_FILE, sha256(description))
  await syncDirectories(target)
  await writeDigests(target, digests)
  for (const directory of [target, path.dirname(path.resolve(target))]) syncToDisk(directory)
  return { files: digests.size, appSecret: digests.has('app-secret') }
}

const treeOf = (dataDir: string, target: string, name: string) => ({
  name,
  copy: new TreeCopy({
    from: path.join(dataDir, name),
    to: path.join(target, name),
    // Where the disk store writes what is not finished.
    leavesOut: (file) => file === '.unfinished',
  }),
})

async function syncDirectories(root: string): Promise<void> {
  for (const entry of await readdir(root, { withFileTypes: true, recursive: true })) {
    if (entry.isDirectory()) syncToDisk(path.join(entry.parentPath, entry.name))
  }
  syncToDisk(root)
}
