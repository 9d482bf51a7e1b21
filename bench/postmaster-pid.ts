import { readFile } from 'node:fs/promises'
import path from 'node:path'

/** Process id of the embedded PostgreSQL under a DATA_DIR. */
export async function postmasterPid(dataDir: string): Promise<number> {
  const text = await readFile(path.join(dataDir, 'postgres/data/postmaster.pid'), 'utf8')
  return Number(text.split('\n')[0])
}
