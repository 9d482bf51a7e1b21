import { type Caller, rolesIn } from '#lib/access/caller.ts'
import { mayDo, strongest } from '#lib/access/role.ts'
import type { Services } from '#lib/services.ts'
import { selectOrganization } from './projects-table.ts'
import type { WireOrganization } from './wire.ts'

/** The organisation as the API shows it to this caller. Nothing expires and nothing is archived: the periods are 0. */
export async function presentOrganization(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
): Promise<WireOrganization> {
  const { id, name } = await selectOrganization(db)
  const roles = [...rolesIn(caller, caller.projectId), ...Object.values(caller.projectRoles ?? {})]
  const role = strongest(caller.role ? [caller.role] : [])
  return {
    id,
    name,
    expire_uploads_period_days: 0,
    archive_period_days: 0,
    archive_restore_period_days: 0,
    roles: { organization: role ? { id, name: role } : null },
    uploads_enabled: roles.some((one) => mayDo(one, 'upload_create')),
    delete_samples_enabled: roles.some((one) => mayDo(one, 'project_write')),
    project_sharing_enabled: false,
    account_on_hold: false,
    organization_type: 'consumer_provider',
  }
}
