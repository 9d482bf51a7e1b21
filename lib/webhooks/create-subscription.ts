import type { Caller } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import { findVisibleProject } from '#lib/projects/find-visible-project.ts'
import type { Services } from '#lib/services.ts'
import { demandTarget } from './demand-target.ts'
import { SUBSCRIPTIONS_PER_PROJECT_MAX } from './limits.ts'
import type { Subscription } from './subscription.ts'
import { insertSubscription, selectSubscriptions } from './subscriptions-table.ts'
import { SubscriptionRequest } from './wire.ts'

/** Subscribe a URL to events of a project. Events from now on are delivered to it; it signs once it has a secret. */
export async function createSubscription(
  { db, outbound }: Pick<Services, 'db' | 'outbound'>,
  caller: Caller,
  projectId: string,
  fields: Record<string, unknown>,
): Promise<Subscription> {
  const project = await findVisibleProject({ db }, caller, projectId)
  const { name, target, event_types: eventTypes } = parseFields(SubscriptionRequest, fields)
  demandTarget(outbound, target)
  const { count } = await selectSubscriptions(db, project.id, { limit: 1, offset: 0 })
  if (count >= SUBSCRIPTIONS_PER_PROJECT_MAX) {
    const message = `A project has at most ${SUBSCRIPTIONS_PER_PROJECT_MAX} subscriptions.`
    throw new Problem('invalid', message, { fields: { non_field_errors: [message] } })
  }
  return db.transaction().execute(async (tx) => {
    const made = await insertSubscription(tx, { projectId: project.id, name, target, eventTypes })
    await recordAudit(tx, {
      by: caller,
      action: 'subscription.create',
      projectId: project.id,
      targets: [made.id],
    })
    return made
  })
}
