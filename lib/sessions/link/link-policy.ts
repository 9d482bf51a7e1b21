import { findProject } from '#lib/projects/find-project.ts'
import type { Services } from '#lib/services.ts'
import { selectSession } from '../sessions-table.ts'
import { readLinkToken } from './link-token.ts'

/** Any https page: the link itself is the capability. Loopback pages only while we are one. */
const DEFAULT = ['https:']
const LOOPBACK = ['http://localhost:*', 'http://127.0.0.1:*', 'http://*.localhost:*']

/** What the document of a link must know before it knows its session. */
export interface LinkPolicy {
  /** Who may frame the page, as sources of CSP's `frame-ancestors`. */
  ancestors: string[]
  /** Language of the session; null without one. */
  locale: string | null
}

/**
 * Who may frame the upload page of this link: the project's list, else the installation's default; and its language. A
 * link that is not ours gets the default: there is nothing on its page.
 */
export async function policyOfLink(services: Services, token: string | null): Promise<LinkPolicy> {
  const link = token === null ? undefined : await readLinkToken(services.secrets, token)
  const session = link && (await selectSession(services.db, link.sampleId))
  const project = session && (await findProject(services, session.projectId))
  const own = project?.settings.frameOrigins ?? []
  const usual = services.env.loopback ? [...DEFAULT, ...LOOPBACK] : DEFAULT
  return { ancestors: own.length > 0 ? own : usual, locale: session?.locale ?? null }
}
