import { z } from 'zod'
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
  /** The sample for which these were chosen; null where none was named. */
  sampleId: string | null
}

/**
 * Who may frame the upload page of this link: the project's list, else the installation's default; and its language. A
 * link that is not ours gets the default: there is nothing on its page. Links whose token is in the fragment, and pages
 * that are loaded again, name their sample instead, which opens nothing.
 */
export async function policyOfLink(services: Services, query: URLSearchParams): Promise<LinkPolicy> {
  const token = query.get('token')
  const link = token === null ? undefined : await readLinkToken(services.secrets, token)
  const sampleId = link?.sampleId ?? z.uuid().safeParse(query.get('sample')).data
  const session = sampleId && (await selectSession(services.db, sampleId))
  const project = session ? await findProject(services, session.projectId) : undefined
  const own = project?.settings.frameOrigins ?? []
  const usual = services.env.loopback ? [...DEFAULT, ...LOOPBACK] : DEFAULT
  return {
    ancestors: own.length > 0 ? own : usual,
    locale: session ? session.locale : null,
    sampleId: sampleId ?? null,
  }
}
