import { readFile } from 'node:fs/promises'
import { text as readAll } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { Command, Option } from 'commander'
import type { z } from 'zod'
import { EVENT_TYPES } from '#lib/webhooks/event.ts'
import { NOTIFICATION_STATES, type NotificationState } from '#lib/webhooks/notification.ts'
import type { NotificationDetails } from '#lib/webhooks/wire.ts'
import { EXIT, Failure, misused } from '../failure.ts'
import {
  type ApiOptions,
  type PartnerClient,
  partnerClient,
  projectOf,
  Refused,
  segment,
  withApiOptions,
} from '../partner-client.ts'
import { oneLine, print, printList } from '../print.ts'
import { readSubscriptions, type Subscription } from '../read-subscriptions.ts'
import { refuseStandardSignature, verifyGencoveSignature } from '../verify-delivery.ts'
import { listenCommand } from './webhooks-listen.ts'
import { subscribeCommand } from './webhooks-subscribe.ts'

/** A receiver has 15 seconds to answer. */
const TRIED_SECONDS_MAX = 30
const POLL_MS = 200
const REMOVED =
  'The subscription was removed meanwhile, so it is not known whether its receiver took the event.'

/** `arraydrop webhooks …`: for people who write or debug a receiver. */
export function webhooksCommand(): Command {
  return new Command('webhooks')
    .description('Webhooks: subscriptions, receive them here, send a test, check a signature, redeliver.')
    .addCommand(subscribeCommand())
    .addCommand(listCommand())
    .addCommand(deleteCommand())
    .addCommand(listenCommand())
    .addCommand(triggerCommand())
    .addCommand(verifyCommand())
    .addCommand(resendCommand())
}

function listCommand(): Command {
  return withApiOptions(new Command('list'))
    .description('List the subscriptions of a project: id, receiver, name, event types, and what is amiss.')
    .option('--project <id>', 'whose; by default the only project the key sees')
    .addHelpText('after', '\nExample:\n  arraydrop webhooks list --json')
    .action(async (options: ApiOptions & { project?: string }) => {
      const client = partnerClient(options)
      const subscriptions = await readSubscriptions(client, await projectOf(client, options.project))
      printList(
        subscriptions,
        ({ id, target, name, event_types, ...state }) => [
          id,
          target,
          name,
          event_types.join(','),
          ...troublesOf(state),
        ],
        { json: options.json, none: 'No subscriptions.' },
      )
    })
}

type State = Pick<Subscription, 'disabled' | 'disabled_reason' | 'failing_since' | 'has_secret'>

function troublesOf({ disabled, disabled_reason, failing_since, has_secret }: State): string[] {
  const found = [
    ...(disabled ? [`disabled: ${disabled_reason}`] : []),
    ...(failing_since === null ? [] : [`failing since ${failing_since}`]),
    ...(has_secret ? [] : ['not signed']),
  ]
  return found.length > 0 ? [found.join('; ')] : []
}

function deleteCommand(): Command {
  return withApiOptions(new Command('delete'))
    .description(
      'Delete a subscription for good, with its log. What it has not delivered yet is not sent any more. The key must have the role manager.',
    )
    .argument('<subscription-id>')
    .addHelpText('after', '\nExample:\n  arraydrop webhooks delete 5f0c…e2')
    .action(async (id: string, options: ApiOptions) => {
      await partnerClient(options).delete(`/api/v2/project-subscription-details/${segment(id)}`)
      print({ deleted: [id] }, options)
    })
}

function triggerCommand(): Command {
  return withApiOptions(new Command('trigger'))
    .description(
      'Send a test event to a subscription, and show what its receiver answered. The exit code is 0 when it took it, else 1, as when that cannot be known.',
    )
    .argument('<subscription-id>')
    .addOption(
      new Option('--event-type <key>', 'which kind of event')
        .choices(Object.keys(EVENT_TYPES))
        .default('analysis_complete_v2'),
    )
    .option('--retry', 'retry as for a real event')
    .addHelpText(
      'after',
      '\nExample:\n  arraydrop webhooks trigger 5f0c…e2 --event-type sample_status_changed',
    )
    .action(async (id: string, options: ApiOptions & { eventType: string; retry?: boolean }) => {
      const path = `/api/v2/project-subscription-test/${segment(id)}`
      const body = { event_type: options.eventType, retry: options.retry ?? false }
      const client = partnerClient(options)
      const { notification } = await client.post<{ notification: string }>(path, body)
      const sent = await untilTried(client, notification)
      print({ notification, ...sent }, options)
      if (sent.status !== 'delivered') process.exitCode = EXIT.refused
    })
}

type Tried = Pick<z.infer<typeof NotificationDetails>, 'response_status' | 'response_message'> & {
  status: NotificationState | 'unknown'
}

/** The first attempt to deliver a notification; `pending` when there was none in time. */
async function untilTried(client: PartnerClient, id: string): Promise<Tried> {
  const until = performance.now() + TRIED_SECONDS_MAX * 1_000
  for (;;) {
    const found = await client
      .get<z.infer<typeof NotificationDetails>>(`/api/v2/notifications/${segment(id)}`)
      .catch((error: unknown) => {
        if (error instanceof Refused && error.status === 404) return undefined
        throw error
      })
    // Such as one of `webhooks listen --count`, which has ended with it.
    if (!found) return { status: 'unknown', response_status: null, response_message: REMOVED }
    const { status, duration_ms, response_status, response_message } = found
    // `attempts` counts the one that is under way.
    if (duration_ms !== null || status !== 'pending' || performance.now() > until) {
      return { status, response_status, response_message: response_message && oneLine(response_message) }
    }
    await wait(POLL_MS)
  }
}

interface VerifyOptions {
  webhookId?: string
  webhookTimestamp?: string
  json?: boolean
}

function verifyCommand(): Command {
  return new Command('verify')
    .description('Check a signature offline. The exit code is 0 when it is genuine, else 5.')
    .argument('<secret>', "the subscription's secret")
    .argument(
      '<signature>',
      'the value of Gencove-Signature, or of webhook-signature with both options below',
    )
    .argument('<payload>', 'the body, byte for byte; @FILE reads a file, - standard input')
    .option('--webhook-id <id>', 'the header webhook-id')
    .option('--webhook-timestamp <seconds>', 'the header webhook-timestamp')
    .option('--json', 'print one line of JSON')
    .addHelpText(
      'after',
      "\nExample:\n  arraydrop webhooks verify $SECRET 't=1620225520,v1=9704…' @body.json",
    )
    .action(async (secret: string, signature: string, payload: string, options: VerifyOptions) => {
      const body = await readPayload(payload)
      const { webhookId, webhookTimestamp } = options
      if ((webhookId === undefined) !== (webhookTimestamp === undefined)) {
        throw misused('Give both --webhook-id and --webhook-timestamp, or neither.')
      }
      const refusal =
        webhookId === undefined || webhookTimestamp === undefined
          ? verifyGencoveSignature(secret, signature, body)
            ? undefined
            : 'The signature is not genuine: it belongs to another secret or another body.'
          : refuseStandardSignature(
              secret,
              {
                'webhook-id': webhookId,
                'webhook-timestamp': webhookTimestamp,
                'webhook-signature': signature,
              },
              body,
            )
      if (refusal !== undefined) throw new Failure(EXIT.notGenuine, refusal)
      print({ genuine: true }, options)
    })
}

interface ResendOptions extends ApiOptions {
  subscription?: string
  from?: string
  to?: string
  status?: string
}

function resendCommand(): Command {
  return withApiOptions(new Command('resend'))
    .description('Redeliver one notification, or those of a subscription in a period.')
    .argument('[notification-id]')
    .option('--subscription <id>', 'redeliver its notifications, instead of a single one')
    .option('--from <time>', 'start of the period, such as 2026-01-31T00:00:00Z')
    .option('--to <time>', 'end of the period; now by default')
    .addOption(new Option('--status <state>', 'only those in this state').choices([...NOTIFICATION_STATES]))
    .addHelpText(
      'after',
      `
Examples:
  arraydrop webhooks resend 0b2d7502-2f4e-4d0e-9a63-3c8f5d0e7a11
  arraydrop webhooks resend --subscription 5f0c…e2 --from 2026-01-31T00:00:00Z --status failed`,
    )
    .action(async (notification: string | undefined, options: ResendOptions) => {
      const { subscription, from, to, status } = options
      const client = partnerClient(options)
      if (notification !== undefined && subscription === undefined) {
        const path = `/api/v2/notifications/${segment(notification)}/resend`
        const { id, status: state } = await client.post<Record<string, unknown>>(path)
        return print({ id, status: state }, options)
      }
      if (notification !== undefined || subscription === undefined || from === undefined) {
        throw misused('Give a notification id, or --subscription with --from.')
      }
      const path = `/api/v2/project-subscription-resend/${segment(subscription)}`
      print(await client.post<Record<string, unknown>>(path, { from, to, status }), options)
    })
}

async function readPayload(given: string): Promise<string> {
  if (given === '-') return readAll(process.stdin)
  if (!given.startsWith('@')) return given
  return readFile(given.slice(1), 'utf8').catch((error: unknown) => {
    throw misused(`The payload cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  })
}
