import { Command } from 'commander'
import { eventTypesOption } from '../event-types-option.ts'
import { EXIT, Failure } from '../failure.ts'
import {
  type ApiOptions,
  type PartnerClient,
  partnerClient,
  projectOf,
  withApiOptions,
} from '../partner-client.ts'
import { print } from '../print.ts'
import { readSubscriptions } from '../read-subscriptions.ts'

interface SubscribeOptions extends ApiOptions {
  project?: string
  name: string
  eventType: string[]
}

/** `arraydrop webhooks subscribe`: a subscription that stays, and its secret, which is shown this once. */
export function subscribeCommand(): Command {
  return withApiOptions(new Command('subscribe'))
    .description(
      'Have the events of a project sent to a receiver of yours, and print the secret that signs them. The key must have ' +
        'the role manager.',
    )
    .argument('<url>', 'your receiver: https, or http where the service allows private targets')
    .option('--project <id>', 'whose events; by default the only project the key sees')
    .option('--name <name>', 'what to call the subscription', 'arraydrop webhooks subscribe')
    .addOption(eventTypesOption())
    .addHelpText(
      'after',
      '\nExample:\n  arraydrop webhooks subscribe https://app.clinic.example/webhooks --event-type analysis_complete_v2',
    )
    .action(async (target: string, options: SubscribeOptions) => {
      const client = partnerClient(options)
      const project = await projectOf(client, options.project)
      await refuseIfSubscribed(client, project, target)
      const { id } = await client.post<{ id: string }>(`/api/v2/project-subscriptions/${project}`, {
        name: options.name,
        target,
        event_types: options.eventType,
      })
      const { secret } = await client.post<{ secret: string }>(`/api/v2/project-subscription-secret/${id}`)
      print({ subscription: id, secret }, options)
    })
}

/** A second subscription of one URL would send every event twice, half of them signed with another secret. */
async function refuseIfSubscribed(client: PartnerClient, project: string, target: string): Promise<void> {
  const there = (await readSubscriptions(client, project)).find(
    (one) => isSameUrl(one.target, target) && !one.disabled,
  )
  if (!there) return
  throw new Failure(
    EXIT.refused,
    `The events of this project are sent there already, by subscription ${there.id}. Its secret was shown once: create another one in the console under Webhooks, or delete the subscription (arraydrop webhooks delete ${there.id}).`,
  )
}

const isSameUrl = (one: string, other: string): boolean =>
  one === other || (URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href)
