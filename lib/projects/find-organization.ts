import type { Services } from '#lib/services.ts'
import { selectOrganization } from './projects-table.ts'

/** This installation, as one organisation. */
export function findOrganization({ db }: Pick<Services, 'db'>): Promise<{ id: string; name: string }> {
  return selectOrganization(db)
}
