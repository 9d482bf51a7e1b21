import { findProject } from '#lib/projects/find-project.ts'
import type { Services } from '#lib/services.ts'
import { selectSession } from '../sessions-table.ts'
import { readLinkToken } from './link-token.ts'

/** Any https page: the link itself is the capability. Loopback pages only while we are one. */
const DEFAULT = ['https:']
const LOOPBACK = ['http://localhost:*', 'http://127.0.0.1:*', 'http://*.localhost:*']

/**
 * Who may frame the upload page of this link, as sources of CSP's `frame-ancestors`: the project's list, else the
 * installation's default. A link that is not ours gets the default: there is nothing on its page.
 */
export async function frameAncestors(services: Services, token: string | null): Promise<string[]> {
  const link = token === null ? undefined : await readLinkToken(services.secrets, token)
  const session = link && (await selectSession(services.db, link.sampleId))
  const project = session && (await findProject(services, session.projectId))
  if (project && project.settings.frameOrigins.length > 0) return project.settings.frameOrigins
  return services.env.loopback ? [...DEFAULT, ...LOOPBACK] : DEFAULT
}
