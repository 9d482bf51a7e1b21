import { type Caller, callerId, coversRole, reachOf, rolesIn, seesProject } from '#lib/access/caller.ts'
import { mayDo, strongest } from '#lib/access/role.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import { findProjectById } from '#lib/projects/find-project.ts'
import type { Services } from '#lib/services.ts'
import { withoutEchoes } from '#lib/wire/unknown-fields.ts'
import { type ApiKey, selectApiKeyById } from './api-keys-table.ts'
import { createApiKey } from './create-api-key.ts'
import { REQUESTS_PER_MINUTE } from './request-limit.ts'
import { KEY_NEVER_SET, NewKeyRequest } from './wire.ts'

const DAY_MS = 86_400_000
/** A key made with a key, and so on down: every request reads all of them. */
const LINE_KEYS_MAX = 10
const UNSEEN = 'Project does not exist or you do not have privileges to access it.'

/**
 * Create an API key for a caller. Returns the key itself, this once. No key has more rights, projects or requests a
 * minute than its maker, works longer than the key it is made with, or works from networks where that one does not.
 * Throws 400 for fields, 403 for a role beyond the caller's.
 */
export async function issueApiKey(
  services: Services,
  caller: Caller,
  fields: Record<string, unknown>,
): Promise<{ row: ApiKey; key: string }> {
  const request = parseFields(NewKeyRequest, withoutEchoes(fields, KEY_NEVER_SET, { revoked: false }))
  const projectId = request.project_id === undefined ? caller.projectId : request.project_id
  await demandReach(services, caller, projectId)
  const role = request.role ?? strongest(rolesIn(caller, projectId))
  if (role === undefined || !coversRole(caller, role, projectId)) {
    throw new Problem('permission_denied', 'You cannot create an API key with more rights than you have.')
  }
  if ((caller.keys?.length ?? 0) >= LINE_KEYS_MAX) {
    const message = `This key stands at the end of ${LINE_KEYS_MAX} keys, each made with the one before: make the new key with an earlier one, or in the console.`
    throw new Problem('permission_denied', message)
  }
  const maker = caller.apiKeyId === null ? undefined : await selectApiKeyById(services.db, caller.apiKeyId)
  const { id, key } = await createApiKey(
    services,
    {
      name: request.name,
      role,
      projectId,
      expiresAt: await expiryOf(services, request.expiry_date, maker),
      ipRanges: rangesOf(request.ip_range, maker),
      requestsPerMinute: limitOf(caller, request.requests_per_minute),
      createdBy: callerId(caller),
      userId: caller.userId ?? null,
    },
    caller,
  )
  const row = await selectApiKeyById(services.db, id)
  if (!row) throw new Problem('conflict', 'The project of this key was deleted at the same time.')
  return { row, key }
}

async function demandReach({ db }: Services, caller: Caller, projectId: string | null): Promise<void> {
  const refuse = (message: string) => new Problem('invalid', message, { fields: { project_id: [message] } })
  if (projectId === null) {
    if (caller.projectId !== null || caller.role === null) {
      throw refuse('Name a project: you do not have access to all of them.')
    }
    return
  }
  if (!seesProject(caller, projectId) || !(await findProjectById({ db }, projectId))) throw refuse(UNSEEN)
}

/** Only those who manage the people of the whole installation may exceed the usual limit, or their own. */
function limitOf(caller: Caller, wanted: number | null): number | null {
  const own = caller.requestsPerMinute ?? null
  if (wanted === null) return own
  const manages = own === null && caller.role !== null && mayDo(caller.role, 'user_manage')
  const most = own ?? REQUESTS_PER_MINUTE
  if (wanted > most && !(manages && reachOf(caller) === null)) {
    const message = `You cannot create an API key for more than ${most} requests a minute.`
    throw new Problem('invalid', message, { fields: { requests_per_minute: [message] } })
  }
  return wanted
}

/** "Last day (UTC) to use the API key": it ends with that day, and not after the key it is made with. */
async function expiryOf(
  { clock }: Services,
  lastDay: string | null,
  maker: ApiKey | undefined,
): Promise<Date | null> {
  const end = lastDay === null ? null : new Date(Date.parse(lastDay) + DAY_MS)
  if (end && end <= (await clock.now())) {
    const message = 'This day has passed.'
    throw new Problem('invalid', message, { fields: { expiry_date: [message] } })
  }
  const limit = maker?.expiresAt ?? null
  if (!limit) return end
  return end && end < limit ? end : limit
}

/** A key that is bound to networks makes only keys that are bound to the same ones. */
function rangesOf(wanted: string[] | null, maker: ApiKey | undefined): string[] | null {
  const own = maker?.ipRanges ?? null
  if (!own) return wanted
  if (wanted && !wanted.every((range) => own.includes(range))) {
    const message = 'You cannot create an API key for networks outside those of your own key.'
    throw new Problem('invalid', message, { fields: { ip_range: [message] } })
  }
  return wanted?.length ? wanted : own
}
