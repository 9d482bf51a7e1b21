import { dataElsewhere, env } from '#lib/platform/env.ts'
import { misused } from './failure.ts'

/**
 * Says on standard error which installation a command works on. Throws when nobody chose it while a service of this
 * clone runs on other data: what a command made would be unknown there.
 */
export function nameInstallation(): void {
  const { dataDir, databaseUrl, publicUrl } = env()
  const elsewhere = dataElsewhere()
  if (elsewhere) {
    const choice = elsewhere === 'DATABASE_URL' ? 'DATABASE_URL' : `DATA_DIR=${elsewhere}`
    throw misused(
      `The service that runs from this clone uses other data than this command would (${dataDir}). ` +
        `Run it again with ${choice}, or with DATA_DIR=${dataDir} if you mean that one.`,
    )
  }
  process.stderr.write(`Installation: ${databaseUrl ? databaseIn(databaseUrl) : dataDir} · ${publicUrl}\n`)
}

/** Without user and password. */
function databaseIn(url: string): string {
  const { host, pathname } = new URL(url)
  return host + pathname
}
