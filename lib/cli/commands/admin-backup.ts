import { Command, Option } from 'commander'
import { backUp } from '#lib/platform/backup/back-up.ts'
import { restore } from '#lib/platform/backup/restore.ts'
import { env } from '#lib/platform/env.ts'
import { print } from '../print.ts'

const jsonOption = () => new Option('--json', 'print one line of JSON')
const log = (line: string) => process.stderr.write(`${line}\n`)

/** `arraydrop admin backup DIR`: works while the server runs. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('Copy database, files and secret into an empty directory. Works while the server runs.')
    .argument('<directory>', 'where to write it; created when missing')
    .addOption(jsonOption())
    .action(async (target: string, options: { json?: boolean }) => {
      const { dataDir, binDir } = embeddedInstallation()
      const { files, appSecret } = await backUp({ dataDir, binDir, target, log })
      if (!appSecret) log('APP_SECRET is set in the environment and is not in the backup: store it yourself.')
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
      const { files } = await restore({ source, dataDir, binDir, log })
      print({ directory: dataDir, files }, options)
    })
}

function embeddedInstallation(): { dataDir: string; binDir: string | undefined } {
  const { dataDir, databaseUrl, pgBinDir } = env()
  if (databaseUrl !== undefined) {
    throw new Error(
      'DATABASE_URL is set: back up and restore that server with its own tools, such as pg_dump.',
    )
  }
  return { dataDir, binDir: pgBinDir }
}
