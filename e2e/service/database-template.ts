import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { runAdmin } from './run-admin.ts'

/** How the workers of a run learn where its template is. */
const TEMPLATE = 'ARRAYDROP_E2E_DATABASE'
/** Where a service keeps what its threads have compiled, below its DATA_DIR. */
const CODE_CACHE = 'code-cache'

/** Playwright's setup: an embedded database with today's schema and nothing in it, made once for a run. */
export default async function makeDatabase(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'arraydrop-e2e-'))
  await chmod(dataDir, 0o711)
  // A command that changes nothing leaves what every start makes, and stops the database in order.
  await runAdmin(['verify-audit'], { ...process.env, NODE_ENV: 'production', DATA_DIR: dataDir })
  await mkdir(path.join(dataDir, CODE_CACHE))
  process.env[TEMPLATE] = path.join(dataDir, 'postgres')
  return () => rm(dataDir, { recursive: true, force: true })
}

/**
 * Give a new DATA_DIR the database of this run, as a start would have made it, and the code that threads of other services
 * of the run have compiled; outside of a run the start makes the one, and the first thread the other. That
 * a start makes one is shown where tests begin with an empty DATA_DIR of their own (process.spec.ts, outages.spec.ts).
 */
export async function copyDatabase(dataDir: string): Promise<void> {
  const template = process.env[TEMPLATE]
  // With its owner: where the tests run as root the database is another user.
  if (!template) return
  await promisify(execFile)('cp', ['-a', template, path.join(dataDir, 'postgres')])
  await symlink(path.join(path.dirname(template), CODE_CACHE), path.join(dataDir, CODE_CACHE))
}
