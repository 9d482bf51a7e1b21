import { once } from 'node:events'
import { Command, InvalidArgumentError } from 'commander'
import { eventTypesOption } from '../event-types-option.ts'
import { EXIT } from '../failure.ts'
import { type ApiOptions, partnerClient, projectOf, withApiOptions } from '../partner-client.ts'
import { type Delivery, receiveDeliveries } from '../receive-deliveries.ts'

interface ListenOptions extends ApiOptions {
  project?: string
  forwardTo?: string
  secret?: string
  target?: string
  port: number
  eventType: string[]
  count?: number
}

/** `arraydrop webhooks listen`: a receiver while the command runs. */
export function listenCommand(): Command {
  return withApiOptions(new Command('listen'))
    .description(
      'Receive the events of a project here until Ctrl-C, through a subscription that is removed at the end. Both ' +
        'signatures of every delivery are checked. The key must have the role manager.',
    )
    .option('--project <id>', 'whose events; by default the only project the key sees')
    .option(
      '--forward-to <url>',
      'forward genuine deliveries and return its response: the bytes unchanged, and the headers, too, unless --secret signs them',
      parseTarget,
    )
    .option(
      '--secret <secret>',
      'sign what is forwarded with this secret, which your receiver knows already, instead of the new one',
      parseSecret,
    )
    .option(
      '--target <url>',
      'public https URL that leads to this machine, through your own tunnel. By default this machine is called ' +
        'directly, which the service must allow (ALLOW_PRIVATE_TARGETS)',
    )
    .option('--port <number>', 'where to listen on 127.0.0.1; by default a free one', parsePort, 0)
    .addOption(eventTypesOption())
    .option('--count <number>', 'end after so many deliveries', parseCount)
    .addHelpText(
      'after',
      `
Examples:
  arraydrop webhooks listen --forward-to http://localhost:8080/webhooks
  arraydrop webhooks listen --target https://my-tunnel.example/ --port 4000 --json`,
    )
    .action(listen)
}

async function listen(options: ListenOptions): Promise<void> {
  const client = partnerClient(options)
  const project = await projectOf(client, options.project)
  const controller = new AbortController()
  const end = () => controller.abort()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end)
  let count = 0
  let secret = ''
  const receiver = await receiveDeliveries(options.port, {
    secret: () => secret,
    forwardTo: options.forwardTo,
    forwardSecret: options.secret,
    onDelivery(delivery) {
      say(delivery, options)
      if (!delivery.genuine) process.exitCode = EXIT.notGenuine
      count += 1
      if (count === options.count) end()
    },
  })
  try {
    const { id } = await client.post<{ id: string }>(`/api/v2/project-subscriptions/${project}`, {
      name: 'arraydrop webhooks listen',
      target: options.target ?? receiver.url,
      event_types: options.eventType,
    })
    try {
      const made = await client.post<{ secret: string }>(`/api/v2/project-subscription-secret/${id}`)
      secret = made.secret
      // On standard error: standard output holds deliveries only.
      process.stderr.write(`Secret: ${options.secret ?? secret}\n`)
      process.stderr.write(`Listening on ${receiver.url} as subscription ${id}. Ctrl-C ends it.\n`)
      if (!controller.signal.aborted) await once(controller.signal, 'abort')
    } finally {
      await client.delete(`/api/v2/project-subscription-details/${id}`)
      process.stderr.write('The subscription is removed.\n')
    }
  } finally {
    await receiver.stop()
  }
}

function say({ body, ...facts }: Delivery, { json }: ListenOptions): void {
  const { eventId, eventType, genuine, answered, refusal } = facts
  const line = json
    ? JSON.stringify({ event_id: eventId, event_type: eventType, genuine, answered, body })
    : [eventType, eventId, genuine ? 'genuine' : `NOT GENUINE (${refusal})`, `→ ${answered}`, body].join('  ')
  process.stdout.write(`${line}\n`)
}

function parseSecret(text: string): string {
  if (/^[A-Za-z0-9+/]{22,}={0,2}$/.test(text)) return text
  throw new InvalidArgumentError('Give a secret as a subscription has it: base64 of at least 16 bytes.')
}

function parseTarget(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw new InvalidArgumentError('Give a URL such as http://localhost:8080/webhooks.')
}

const parsePort = (text: string) => parseUpTo(text, 65_535)
const parseCount = (text: string) => parseUpTo(text, 1_000_000)

function parseUpTo(text: string, max: number): number {
  if (/^\d{1,7}$/.test(text) && Number(text) <= max) return Number(text)
  throw new InvalidArgumentError(`Give a whole number up to ${max}.`)
}
