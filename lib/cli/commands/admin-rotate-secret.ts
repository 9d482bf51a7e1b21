import { existsSync } from 'node:fs'
import path from 'node:path'
import { Command, Option } from 'commander'
import { env } from '#lib/platform/env.ts'
import { replaceMissingSecret, rotateAppSecret } from '#lib/platform/rotate-app-secret.ts'
import { isFirstInUse, knowsSecretInUse, replaceLostSecret } from '#lib/platform/secret-in-use.ts'
import { APP_SECRET_FILE, newSecret } from '#lib/platform/secrets.ts'
import { isSealedWithFirst } from '#lib/reseal.ts'
import type { Services } from '#lib/services.ts'
import { print } from '../print.ts'
import { withSystem } from '../with-system.ts'

interface Given {
  dropOld?: boolean
  oldLost?: boolean
  json?: boolean
}

const RESTART =
  'Restart every server and worker now, together: until then the old secret is used, and cannot read what the new one seals.'
const BY_HAND =
  'APP_SECRET is set in the environment. Put this secret after the others there, with a comma between, and restart every server and worker; then before the others, and restart all again.'
const STILL_NEEDED =
  'The servers and workers still use an older secret, or something in the database is sealed with one and would be lost with it: restart every server and worker, which seals it again, and then drop the old secret.'

const NOT_THEIRS =
  'Neither APP_SECRET nor the file app-secret in DATA_DIR holds here the secret that the servers and workers of this installation use: run this with their environment, APP_SECRET or DATA_DIR included.'

/** `arraydrop admin rotate-secret`: a new secret that signs links and encrypts secrets from the next start. */
export function rotateSecretCommand(): Command {
  return new Command('rotate-secret')
    .description('Create a new application secret; links and stored secrets of the old one keep working.')
    .option('--drop-old', 'keep only the newest secret: what the others signed is not valid any more')
    .addOption(
      new Option(
        '--old-lost',
        'let servers and workers start with their present secret, or a new one where app-secret is empty or missing, although the one before is lost: what that one sealed stays unreadable',
      ).conflicts('dropOld'),
    )
    .addOption(new Option('--json', 'print one line of JSON'))
    .action(async ({ dropOld = false, oldLost = false, json }: Given) => {
      const { appSecret, dataDir, databaseUrl } = env()
      // Of a restore without the secret, an empty file is there; the embedded database is in DATA_DIR itself.
      const mark = databaseUrl === undefined && oldLost ? 'postgres' : APP_SECRET_FILE
      const fromFile = appSecret === undefined
      if (fromFile && (oldLost || databaseUrl) && !existsSync(path.join(dataDir, mark))) {
        throw new Error(NOT_THEIRS)
      }
      if (oldLost) {
        if (fromFile) await replaceMissingSecret(dataDir)
        await withSystem(replaceLostSecret)
        print({ old_lost: true }, { json })
        return
      }
      if ((databaseUrl || !fromFile) && !(await withSystem(knowsSecretInUse))) throw new Error(NOT_THEIRS)
      if (appSecret !== undefined) {
        if (dropOld) throw new Error('APP_SECRET is set in the environment: remove the old secrets there.')
        process.stderr.write(`${BY_HAND}\n`)
        print({ secret: newSecret() }, { json })
        return
      }
      if (dropOld && !(await withSystem(needsFirstOnly))) throw new Error(STILL_NEEDED)
      const secrets = await rotateAppSecret(dataDir, { dropOld })
      process.stderr.write(`${RESTART}\n`)
      print({ secrets }, { json })
    })
}

async function needsFirstOnly(services: Services): Promise<boolean> {
  return (await isFirstInUse(services)) && (await isSealedWithFirst(services))
}
