import { Command, InvalidArgumentError } from 'commander'
import { parseExactly } from '#lib/wire/exact-json.ts'
import { type ApiOptions, partnerClient, segment, withApiOptions } from '../partner-client.ts'
import { print } from '../print.ts'

const FORM = '/api/v2/array-data-upload-form/'

/** `arraydrop sessions …`: the upload links. */
export function sessionsCommand(): Command {
  return new Command('sessions')
    .description('Upload links: mint, show, cancel; let time pass for those of a test project.')
    .addCommand(createCommand())
    .addCommand(getCommand())
    .addCommand(cancelCommand())
    .addCommand(advanceCommand())
}

interface CreateOptions extends ApiOptions {
  project?: string
  metadata?: Record<string, unknown>
  redirectOnSuccess?: string
  redirectOnFailure?: string
  expiresIn?: number
  locale?: string
  idempotencyKey?: string
}

function createCommand(): Command {
  return withApiOptions(new Command('create'))
    .description('Mint an upload link for one person and one file.')
    .option('--project <id>', 'where the sample goes; by default the project of the key')
    .option('--metadata <json>', 'your own JSON object, such as {"order":"1234"}', parseObject)
    .option('--redirect-on-success <url>', 'where to send the person once the file is received')
    .option('--redirect-on-failure <url>', 'where to send the person otherwise')
    .option('--expires-in <seconds>', 'time to open the link, 60 to 3600; 600 by default', parseWhole)
    .option('--locale <tag>', 'language of the page, such as de')
    .option('--idempotency-key <text>', 'repeating the command with the same key prints the same link')
    .addHelpText(
      'after',
      `
Examples:
  arraydrop sessions create --metadata '{"order":"1234"}' --expires-in 3600
  arraydrop sessions create --json | jq -r .url`,
    )
    .action(async (options: CreateOptions) => {
      const { idempotencyKey } = options
      const link = await partnerClient(options).post<Record<string, unknown>>(
        FORM,
        {
          project_id: options.project,
          metadata: options.metadata,
          redirect_on_success: options.redirectOnSuccess,
          redirect_on_failure: options.redirectOnFailure,
          expires_in: options.expiresIn,
          locale: options.locale,
        },
        idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey },
      )
      print(link, options)
    })
}

function getCommand(): Command {
  return withApiOptions(new Command('get'))
    .description('Show state, windows and timeline of a link.')
    .argument('<sample-id>', 'id that minting printed')
    .addHelpText('after', '\nExample:\n  arraydrop sessions get a63417a3-31d5-40d0-98a4-ac54e6ff1bdd')
    .action(async (sampleId: string, options: ApiOptions) => {
      const { events, ...session } = await partnerClient(options).get<SessionAnswer>(FORM + segment(sampleId))
      if (options.json) return print({ ...session, events }, options)
      print(session, options)
      for (const { created, kind, reason, detail } of events) {
        process.stdout.write(`${[created, kind, reason, detail].filter(Boolean).join('  ')}\n`)
      }
    })
}

interface SessionAnswer {
  events: { created: string; kind: string; reason: string | null; detail: string | null }[]
  [field: string]: unknown
}

function cancelCommand(): Command {
  return withApiOptions(new Command('cancel'))
    .description('Cancel a link at once.')
    .argument('<sample-id>', 'id that minting printed')
    .addHelpText('after', '\nExample:\n  arraydrop sessions cancel a63417a3-31d5-40d0-98a4-ac54e6ff1bdd')
    .action(async (sampleId: string, options: ApiOptions) => {
      const path = `${FORM}${segment(sampleId)}/cancel`
      print(await partnerClient(options).post<Record<string, unknown>>(path), options)
    })
}

function advanceCommand(): Command {
  return withApiOptions(new Command('advance'))
    .description('Let time pass for a link of a test project: by default, until it expires.')
    .argument('<sample-id>', 'id that minting printed')
    .option('--seconds <number>', 'how long; by default as long as any window lasts', parseWhole)
    .addHelpText('after', '\nExample:\n  arraydrop sessions advance a63417a3-31d5-40d0-98a4-ac54e6ff1bdd')
    .action(async (sampleId: string, options: ApiOptions & { seconds?: number }) => {
      const path = `${FORM}${segment(sampleId)}/advance`
      const { events, ...session } = await partnerClient(options).post<SessionAnswer>(path, {
        seconds: options.seconds,
      })
      print(options.json ? { ...session, events } : session, options)
    })
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = parseExactly(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {
    // Reported below.
  }
  throw new InvalidArgumentError('Give a JSON object, such as {"order":"1234"}.')
}

function parseWhole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Give a whole number.')
  return Number(text)
}
