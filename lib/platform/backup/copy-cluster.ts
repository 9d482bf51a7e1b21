import { readFileSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type pg from 'pg'
import { connectAsSuperuser } from '../embedded-postgres/connect-or-launch.ts'
import type { ClusterLocation } from '../embedded-postgres/location.ts'
import { copyFile } from './copy-file.ts'
import { sha256 } from './manifest.ts'
import { TreeCopy } from './tree-copy.ts'

/** Holds back the write-ahead log from being recycled while it is copied; it goes with the connection. */
const SLOT = 'arraydrop_backup'
const CONTROL = 'global/pg_control'
const CONTROL_TRIES_MAX = 100

/** Directories whose contents PostgreSQL makes anew, and files of the running server. */
const LEFT_OUT =
  /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans|log)\/.+|^(postmaster\.(pid|opts)|current_logfiles)$|(^|\/)(pgsql_tmp[^/]*|pg_internal\.init[^/]*)$/

/**
 * Copy a running cluster as PostgreSQL's manual asks for it, without stopping or slowing writers. The copy is the
 * database as it was when `beforeEnd` had resolved, shortly after. Resolves with the digests of the files.
 */
export async function copyCluster(
  location: ClusterLocation,
  to: string,
  beforeEnd: () => Promise<void>,
): Promise<Map<string, string>> {
  const { client } = await connectAsSuperuser(location)
  try {
    await client.query('select pg_create_physical_replication_slot($1, true, true)', [SLOT])
    const started = await client.query(
      `select pg_walfile_name(pg_backup_start('arraydrop', fast => true)) as segment`,
    )
    const leavesOut = (name: string) => name === CONTROL || LEFT_OUT.test(name)
    const copy = new TreeCopy({ from: location.cluster, to, leavesOut })
    await copy.pass()
    copy.digests.set(CONTROL, await copyControlFile(location, to))
    await beforeEnd()
    const label = await endBackup(client)
    await writeFile(path.join(to, 'backup_label'), label.text, { mode: 0o600, flush: true })
    copy.digests.set('backup_label', sha256(label.text))
    await copyLog(location, to, [started.rows[0].segment, label.segment], copy.digests)
    return copy.digests
  } finally {
    await client.end()
  }
}

async function endBackup(client: pg.Client): Promise<{ text: string; segment: string }> {
  const { rows } = await client.query(
    `select labelfile as text, pg_walfile_name(lsn) as segment, length(spcmapfile) as spaces
     from pg_backup_stop(wait_for_archive => false)`,
  )
  if (rows[0].spaces > 0) throw new Error('Tablespaces outside of DATA_DIR are not backed up.')
  return rows[0]
}

/** The server rewrites this one in place, so a reader may see half of it: copied until two readings agree. */
async function copyControlFile({ cluster }: ClusterLocation, to: string): Promise<string> {
  const file = path.join(cluster, CONTROL)
  for (let tries = 0; tries < CONTROL_TRIES_MAX; tries++) {
    const digest = await copyFile(file, path.join(to, CONTROL))
    if (digest && digest === sha256(readFileSync(file))) return digest
  }
  throw new Error('The control file of the database kept changing; try again.')
}

/** The part of the write-ahead log that makes the copied files consistent: first to last segment, inclusive. */
async function copyLog(
  { cluster }: ClusterLocation,
  to: string,
  [first, last]: [string, string],
  digests: Map<string, string>,
): Promise<void> {
  const names = await readdir(path.join(cluster, 'pg_wal'))
  const wanted = names.filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last)
  if (!wanted.includes(first) || !wanted.includes(last)) {
    throw new Error('The write-ahead log of this backup was recycled; try again.')
  }
  for (const name of wanted) {
    const digest = await copyFile(path.join(cluster, 'pg_wal', name), path.join(to, 'pg_wal', name))
    if (!digest) throw new Error('The write-ahead log of this backup was recycled; try again.')
    digests.set(`pg_wal/${name}`, digest)
  }
}
