import { fstatSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text as readAll } from 'node:stream/consumers'
import { Command } from 'commander'
import type { WireUser } from '#lib/people/wire.ts'
import { misused } from '../failure.ts'
import { type ApiOptions, originOf, partnerClient, withApiOptions } from '../partner-client.ts'
import { print } from '../print.ts'
import { configFile, PROFILE_DEFAULT, readProfile, writeProfile } from '../profile.ts'

const NOTICE_MS = 1_000
const WAITING =
  'Waiting for the key on standard input, until it ends. With --api-key, or with `< /dev/null` for the key of ARRAYDROP_API_KEY, nothing is read from it.\n'

/** `arraydrop login`: keeps a host and a key, so that other commands need neither. */
export function loginCommand(): Command {
  return withApiOptions(new Command('login'))
    .description(
      `Check an API key and keep it with its host in ${configFile()}, which only you can read. The key is that of --api-key, ` +
        'else what standard input gives, else that of ARRAYDROP_API_KEY; otherwise a terminal asks for it.',
    )
    .addHelpText(
      'after',
      `
Examples:
  arraydrop login --host https://upload.example.org
  arraydrop login --profile clinic --host https://upload.example.org < key.txt`,
    )
    .action(async (options: ApiOptions & { profile?: string }, command: Command) => {
      const { profile = PROFILE_DEFAULT, json } = options
      const host = originOf(options.host).origin
      const named = command.getOptionValueSource('apiKey') === 'cli' ? options.apiKey : undefined
      const apiKey = named ?? ((await givenKey()) || (options.apiKey ?? (await askForKey())))
      if (apiKey === '') throw misused('There is no key.')
      const user = await partnerClient({ host, apiKey }).get<WireUser>('/api/v2/user/')
      await writeProfile(profile, { host, api_key: apiKey })
      print({ profile, host, role: user.role, file: configFile() }, { json: json ?? false })
    })
}

/** `arraydrop logout`: forgets a profile. The key itself keeps working until it is revoked. */
export function logoutCommand(): Command {
  return new Command('logout')
    .description('Forget a profile. Its key keeps working until it is revoked.')
    .option('--profile <name>', 'which one', PROFILE_DEFAULT)
    .option('--json', 'print one line of JSON')
    .addHelpText('after', '\nExample:\n  arraydrop logout --profile clinic')
    .action(async ({ profile, json }: { profile: string; json?: boolean }) => {
      if ((await readProfile(profile)) === undefined) {
        throw misused(`There is no profile ${JSON.stringify(profile)}.`)
      }
      await writeProfile(profile, undefined)
      print({ profile, forgotten: true }, { json: json ?? false })
    })
}

/** What a file or another program gives on standard input; empty when nothing is given. */
async function givenKey(): Promise<string> {
  if (process.stdin.isTTY) return ''
  try {
    // Such as /dev/null: nobody gives anything.
    if (fstatSync(0).isCharacterDevice()) return ''
  } catch {
    return ''
  }
  // It may never end, where a program that started this one left it open.
  const notice = setTimeout(() => process.stderr.write(WAITING), NOTICE_MS)
  try {
    return (await readAll(process.stdin)).trim()
  } finally {
    clearTimeout(notice)
  }
}

/** Without echo. */
async function askForKey(): Promise<string> {
  if (!process.stdin.isTTY) return ''
  process.stderr.write('API key: ')
  const output = new Writable({ write: (_chunk, _encoding, done) => done() })
  const asking = createInterface({ input: process.stdin, output, terminal: true })
  try {
    return (await asking.question('')).trim()
  } finally {
    asking.close()
    process.stderr.write('\n')
  }
}
