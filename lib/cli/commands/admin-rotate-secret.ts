import { Command, Option } from 'commander'
import { env } from '#lib/platform/env.ts'
import { rotateAppSecret } from '#lib/platform/rotate-app-secret.ts'
import { newSecret } from '#lib/platform/secrets.ts'
import { isSealedWithFirst } from '#lib/reseal.ts'
import { print } from '../print.ts'
import { withSystem } from '../with-system.ts'

const RESTART =
  'Restart every server and worker now, together: until then the old secret is used, and cannot read what the new one seals.'
const BY_HAND =
  'APP_SECRET is set in the environment. Put this secret after the others there, with a comma between, and restart every server and worker; then before the others, and restart all again.'
const STILL_NEEDED =
  'Something in the database is still sealed with an older secret, and would be lost with it: restart every server and worker, which seals it again, and then drop the old secret.'

/** `arraydrop admin rotate-secret`: a new secret that signs links and encrypts secrets from the next start. */
export function rotateSecretCommand(): Command {
  return new Command('rotate-secret')
    .description('Create a new application secret; links and stored secrets of the old one keep working.')
    .option('--drop-old', 'keep only the newest secret: what the others signed is not valid any more')
    .addOption(new Option('--json', 'print one line of JSON'))
    .action(async ({ dropOld = false, json }: { dropOld?: boolean; json?: boolean }) => {
      const { appSecret, dataDir } = env()
      if (appSecret !== undefined) {
        if (dropOld) throw new Error('APP_SECRET is set in the environment: remove the old secrets there.')
        process.stderr.write(`${BY_HAND}\n`)
        print({ secret: newSecret() }, { json })
        return
      }
      if (dropOld && !(await withSystem(isSealedWithFirst))) throw new Error(STILL_NEEDED)
      const secrets = await rotateAppSecret(dataDir, { dropOld })
      process.stderr.write(`${RESTART}\n`)
      print({ secrets }, { json })
    })
}
