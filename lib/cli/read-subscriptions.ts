import type { z } from 'zod'
import { SUBSCRIPTIONS_PER_PROJECT_MAX } from '#lib/webhooks/limits.ts'
import type { SubscriptionDetails } from '#lib/webhooks/wire.ts'
import type { PartnerClient } from './partner-client.ts'

export type Subscription = z.infer<typeof SubscriptionDetails>

/** Every subscription of a project. */
export const readSubscriptions = (client: PartnerClient, project: string): Promise<Subscription[]> =>
  client.list<Subscription>(`/api/v2/project-subscriptions/${project}`, {}, SUBSCRIPTIONS_PER_PROJECT_MAX)
