import type { Caller } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import { findVisibleProject } from '#lib/projects/find-project.ts'
import type { Services } from '#lib/services.ts'
import { parseLenient, withoutEchoes } from '#lib/wire/unknown-fields.ts'
import { findSubscription } from './find-subscription.ts'
import { SUBSCRIPTIONS_PER_PROJECT_MAX } from './limits.ts'
import { DISABLED_REASONS, type Subscription } from './subscription.ts'
import {
  deleteSubscriptionRow,
  insertSubscription,
  updateSubscription,
  updateSubscriptionDisabled,
} from './subscriptions-table.ts'
import { SubscriptionChange, SubscriptionRequest } from './wire.ts'

const SUBSCRIPTION_NEVER_SET = [
  'id',
  'project',
  'protocol',
  'has_secret',
  'failing_since',
  'disabled_at',
  'disabled_reason',
]

/**
 * Subscribe a URL to events of a project, from now on. Deliveries are signed once the subscription has a secret, and wait
 * while it is disabled.
 */
export async function createSubscription(
  { db, outbound }: Pick<Services, 'db' | 'outbound'>,
  caller: Caller,
  projectId: string,
  fields: Record<string, unknown>,
): Promise<Subscription> {
  const project = await findVisibleProject({ db }, caller, projectId)
  const {
    name,
    target,
    event_types: eventTypes,
    disabled,
  } = parseLenient(SubscriptionRequest, withoutEchoes(fields, SUBSCRIPTION_NEVER_SET, {}))
  demandTarget(outbound, target)
  return db.transaction().execute(async (tx) => {
    const disabledReason = disabled ? DISABLED_REASONS.request : null
    const made = await insertSubscription(tx, {
      projectId: project.id,
      name,
      target,
      eventTypes,
      disabledReason,
    })
    if (!made) {
      const message = `A project has at most ${SUBSCRIPTIONS_PER_PROJECT_MAX} subscriptions.`
      throw new Problem('invalid', message, { fields: { non_field_errors: [message] } })
    }
    await recordAudit(tx, {
      by: caller,
      action: 'subscription.create',
      projectId: project.id,
      targets: [made.id],
    })
    return made
  })
}

/**
 * Change name, target or event types, or switch a subscription off and on. Events from while it was off are delivered
 * once it is on again; deliveries under way still go to the old target.
 */
export async function changeSubscription(
  services: Pick<Services, 'db' | 'outbound'>,
  caller: Caller,
  id: string,
  fields: Record<string, unknown>,
): Promise<Subscription> {
  const subscription = await findSubscription(services, caller, id)
  const {
    name,
    target,
    event_types: eventTypes,
    disabled,
  } = parseFields(SubscriptionChange, withoutEchoes(fields, SUBSCRIPTION_NEVER_SET, {}))
  if (target !== undefined) demandTarget(services.outbound, target)
  await services.db.transaction().execute(async (tx) => {
    await updateSubscription(tx, subscription.id, {
      ...(name === undefined ? {} : { name }),
      ...(target === undefined ? {} : { target }),
      ...(eventTypes === undefined ? {} : { eventTypes }),
    })
    if (disabled !== undefined) {
      await updateSubscriptionDisabled(tx, subscription.id, disabled ? DISABLED_REASONS.request : null)
    }
    const { projectId } = subscription
    await recordAudit(tx, {
      by: caller,
      action: 'subscription.update',
      projectId,
      targets: [subscription.id],
    })
  })
  return findSubscription(services, caller, id)
}

/**
 * Delete a subscription with its secrets; waiting deliveries are dropped. Its log is found no more from then on, and is
 * deleted by the next sweeps.
 */
export async function deleteSubscription(
  services: Pick<Services, 'db'>,
  caller: Caller,
  id: string,
): Promise<void> {
  const subscription = await findSubscription(services, caller, id)
  await services.db.transaction().execute(async (tx) => {
    await deleteSubscriptionRow(tx, subscription.id)
    const { projectId } = subscription
    await recordAudit(tx, {
      by: caller,
      action: 'subscription.delete',
      projectId,
      targets: [subscription.id],
    })
  })
}

const EMAIL = /^(?:mailto:)?[^\s/@]+@[^\s/@]+$/i

/** Throws 400 on `target` unless it is a URL that may be called; an email address gets its own message. */
function demandTarget(outbound: Services['outbound'], target: string): void {
  const refusal = EMAIL.test(target)
    ? 'Notifications by e-mail are not supported: enter an https URL that receives webhooks.'
    : outbound.refuse(target)
  if (refusal) throw new Problem('invalid', refusal, { fields: { target: [refusal] } })
}
