import { existsSync } from 'node:fs'
import path from 'node:path'
import { Command, Option } from 'commander'
import { backUp } from '#lib/platform/backup/back-up.ts'
import { restore } from '#lib/platform/backup/restore.ts'
import { env } from '#lib/platform/env.ts'
import { APP_SECRET_FILE } from '#lib/platform/secrets.ts'
import { print } from '../print.ts'

const jsonOption = () => new Option('--json', 'print one line of JSON')
const log = (line: string) => process.stderr.write(`${line}\n`)

/** `arraydrop admin backup DIR`: works while the server runs. */
export function backupCommand(): Command {
  return new Command('backup')
    .description(
      'Copy database and files into an empty directory. Works while the server runs. The secret, without which ' +
        'encrypted files, webhook secrets and source URLs cannot be read, is left out.',
    )
    .argument('<directory>', 'where to write it; created when missing')
    .option(
      '--with-secret',
      'copy the secret, too: whoever has the backup can then read everything in it, encrypted or not',
    )
    .addOption(jsonOption())
    .action(async (target: string, options: { json?: boolean; withSecret?: boolean }) => {
      const { dataDir, binDir, named } = embeddedInstallation()
      const { withSecret = false } = options
      // What may lie in the folder then is another one.
      if (withSecret && named) {
        throw new Error(
          'APP_SECRET is set in the environment and is in no file: leave --with-secret out, and store the secret yourself.',
        )
      }
      const { files, appSecret } = await backUp({ dataDir, binDir, target, withSecret, log })
      log(secretIn({ dataDir, named, appSecret }))
      print({ directory: target, files, app_secret: appSecret }, options)
    })
}

/** `arraydrop admin restore DIR`: into an empty DATA_DIR, while the server is stopped. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('Restore a backup into an empty DATA_DIR, while the server is stopped.')
    .argument('<directory>', 'what `admin backup` made')
    .addOption(jsonOption())
    .action(async (source: string, options: { json?: boolean }) => {
      const { dataDir, binDir } = embeddedInstallation()
      const { files, appSecret } = await restore({ source, dataDir, binDir, log })
      if (!appSecret) {
        log(
          `The secret is not in this backup: write it to ${path.join(dataDir, APP_SECRET_FILE)}, or set APP_SECRET, before you start.`,
        )
      }
      print({ directory: dataDir, files }, options)
    })
}

/** Where the secret is now that the backup is made, in words. */
function secretIn({
  dataDir,
  named,
  appSecret,
}: {
  dataDir: string
  named: boolean
  appSecret: boolean
}): string {
  if (appSecret)
    return 'The secret is in this backup: it opens everything in it. Store it like the secret itself.'
  if (named || !existsSync(path.join(dataDir, APP_SECRET_FILE))) {
    return 'APP_SECRET is set in the environment and is not in the backup: store it yourself.'
  }
  return `The secret is not in this backup. Store ${path.join(dataDir, APP_SECRET_FILE)} somewhere else: a restore needs it.`
}

function embeddedInstallation(): { dataDir: string; binDir: string | undefined; named: boolean } {
  const { dataDir, databaseUrl, pgBinDir, appSecret } = env()
  if (databaseUrl !== undefined) {
    throw new Error(
      'DATABASE_URL is set: back up and restore that server with its own tools, such as pg_dump.',
    )
  }
  return { dataDir, binDir: pgBinDir, named: appSecret !== undefined }
}
