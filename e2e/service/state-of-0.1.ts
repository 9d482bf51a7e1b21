import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import pg from 'pg'
import { pino } from 'pino'
import { migrate } from '#lib/platform/db/migrate.ts'
import { first } from '#lib/platform/db/migrations/0001-first.ts'
import { sampleSearch } from '#lib/platform/db/migrations/0002-sample-search.ts'
import { deliverables } from '#lib/platform/db/migrations/0003-deliverables.ts'
import { webhooks } from '#lib/platform/db/migrations/0004-webhooks.ts'
import { people } from '#lib/platform/db/migrations/0005-people.ts'
import { runHolds } from '#lib/platform/db/migrations/0007-run-holds.ts'
import { erasureAndAudit } from '#lib/platform/db/migrations/0008-erasure-and-audit.ts'
import { signingIn } from '#lib/platform/db/migrations/0009-sign-in.ts'
import { fastqUploads } from '#lib/platform/db/migrations/0010-fastq-uploads.ts'
import { fileKeys } from '#lib/platform/db/migrations/0011-file-keys.ts'
import { consoleLists } from '#lib/platform/db/migrations/0012-console-lists.ts'
import { prepareLocation, SOCKET_PORT } from '#lib/platform/embedded-postgres/location.ts'
import { startEmbeddedPostgres } from '#lib/platform/embedded-postgres/start-embedded-postgres.ts'

/** The schema of 0.1.0. A released migration does not change. */
const MIGRATIONS = {
  '0001-first': first,
  '0002-sample-search': sampleSearch,
  '0003-deliverables': deliverables,
  '0004-webhooks': webhooks,
  '0005-people': people,
  '0007-run-holds': runHolds,
  '0008-erasure-and-audit': erasureAndAudit,
  '0009-sign-in': signingIn,
  '0010-fastq-uploads': fastqUploads,
  '0011-file-keys': fileKeys,
  '0012-console-lists': consoleLists,
}

interface Link {
  sample_id: string
  url: string
}

/** What version 0.1.0 left behind, read from it while it ran, and what a partner and an owner held of it. Made-up data. */
export interface StateOf01 {
  /** The time at which it was left. */
  now: string
  origin: string
  /** An analyst's key and a manager's, for this project. */
  key: string
  manager: string
  projectId: string
  user: { email: string; password: string }
  /** A sample that succeeded, and the digest of its file. */
  done: Link & { sha256: string }
  /** An upload of which `sent` bytes have arrived; the whole file in base64. */
  half: Link & { sent: number; at: string; sha256: string; file: string }
  /** A link that nobody has opened. */
  minted: Link
  rows: Record<string, unknown[]>
  /** Paths below DATA_DIR, in base64. */
  files: Record<string, string>
}

/** Lays an installation of 0.1.0 out in `dataDir`, with its clock as it was, and its webhook sent to `target`. */
export async function layOutStateOf01(dataDir: string, target: string): Promise<StateOf01> {
  const packed = await readFile(path.join(import.meta.dirname, 'state-of-0.1.json.gz'))
  const state = JSON.parse(gunzipSync(packed).toString()) as StateOf01
  await chmod(dataDir, 0o711)
  for (const [name, bytes] of Object.entries(state.files)) {
    const at = path.join(dataDir, name)
    await mkdir(path.dirname(at), { recursive: true, mode: 0o711 })
    await writeFile(at, Buffer.from(bytes, 'base64'), { mode: 0o600 })
  }
  const log = () => {}
  const dir = path.join(dataDir, 'postgres')
  const database = await startEmbeddedPostgres({ dir, log })
  try {
    await migrate({ url: database.url, log: pino({ level: 'silent' }) }, { migrations: MIGRATIONS })
    await loadRows(dir, state, target)
  } finally {
    await database.stop()
  }
  return state
}

async function loadRows(dir: string, { rows, now }: StateOf01, target: string): Promise<void> {
  const { socketDirectory: host, passwordFile } = prepareLocation(dir, () => {})
  const password = await readFile(passwordFile, 'utf8')
  const client = new pg.Client({ host, port: SOCKET_PORT, user: 'postgres', password, database: 'arraydrop' })
  await client.connect()
  try {
    // Rows as they were: no trigger, and no order between tables.
    await client.query('set session_replication_role = replica')
    for (const [table, all] of Object.entries(rows)) {
      await client.query(`delete from "${table}"`)
      await client.query(
        `insert into "${table}" overriding system value select * from jsonb_populate_recordset(null::"${table}", $1)`,
        [JSON.stringify(all)],
      )
    }
    const sequences = await client.query(`
      select table_name, column_name, pg_get_serial_sequence(quote_ident(table_name), column_name) as sequence
        from information_schema.columns where table_schema = 'public'`)
    for (const { table_name, column_name, sequence } of sequences.rows) {
      if (!sequence) continue
      await client.query(
        `select setval($1, coalesce(max("${column_name}"), 0) + 1, false) from "${table_name}"`,
        [sequence],
      )
    }
    await client.query('update subscription set target = $1', [target])
    await client.query('update clock set offset_seconds = extract(epoch from $1::timestamptz - now())', [now])
  } finally {
    await client.end()
  }
}
