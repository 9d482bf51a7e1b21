import type { Caller } from '#lib/access/caller.ts'
import { answerInOneTransaction } from '#lib/idempotency/answer-once.ts'
import { fieldsOf, isProblem, Problem } from '#lib/problem.ts'
import { findUploadProject } from '#lib/projects/find-project.ts'
import type { LinkForm, Project } from '#lib/projects/project.ts'
import type { Database, Services, Tx } from '#lib/services.ts'
import { misspeltFields } from '#lib/wire/unknown-fields.ts'
import { TEST_LINK_SECONDS_MAX } from '../limits.ts'
import { countTimelineEntry } from '../measure-sessions.ts'
import { insertSession } from '../sessions-table.ts'
import { generateJti, type LinkToken, signLinkToken } from './link-token.ts'
import { MintRequest } from './mint-request.ts'
import { refuseRedirectUrl } from './redirect-url.ts'

/** A minted session's claims, and how the project wants its link. */
export interface MintedLink extends LinkToken {
  form: LinkForm
  locale: string | null
}

/**
 * Mint an upload session: a sample that awaits data, and the claims its link is signed from. Reports every bad field at
 * once (400), including the project and the redirects it allows. With an `Idempotency-Key` a repeated request gets the
 * first session. The session is committed when this resolves, and only then counted.
 */
export async function mintSession(
  services: Services,
  caller: Caller,
  fields: Record<string, unknown>,
  { key = null }: { key?: string | null } = {},
): Promise<MintedLink> {
  let minted = false
  const mint = async (db: Database | Tx): Promise<MintedLink> => {
    const link = await mintWithin(db, services, caller, fields)
    minted = true
    return link
  }
  const link =
    key === null
      ? await mint(services.db)
      : await answerInOneTransaction(
          services,
          caller,
          { key, request: `mint ${JSON.stringify(fields)}` },
          mint,
        )
  if (minted) countTimelineEntry(services, { kind: 'minted' })
  return link
}

/** The same inside the caller's transaction; counts nothing, because the transaction may still be rolled back. */
export async function mintWithin(
  db: Database | Tx,
  services: Services,
  caller: Caller,
  fields: Record<string, unknown>,
): Promise<MintedLink> {
  // Everything runs on this one connection: a second one per request could exhaust the pool.
  const { project, request } = await judgeRequest({ ...services, db }, caller, fields)
  const jti = generateJti()
  const { sampleId, iat, exp } = await services.telemetry.span('mint session', () =>
    insertSession(db, {
      projectId: project.id,
      jti,
      // A partner's program asks for what it asks for elsewhere; `expires_at` says what it got.
      expiresIn: project.isTest ? Math.min(request.expires_in, TEST_LINK_SECONDS_MAX) : request.expires_in,
      locale: request.locale,
      redirectOnSuccess: request.redirect_on_success,
      redirectOnFailure: request.redirect_on_failure,
      metadata: request.metadata,
    }),
  )
  services.telemetry.annotate({ 'sample.id': sampleId })
  return { sampleId, jti, iat, exp, form: project.settings.linkForm, locale: request.locale }
}

/**
 * The response to the partner for a minted session. The token is signed on every call and never stored. Where it is in the
 * fragment, the query names the sample, so that the page arrives in the session's language and its partner's frames. `lang`
 * is for the page that is shown while no server knows the session.
 */
export function presentLink(
  { secrets, env }: Pick<Services, 'secrets' | 'env'>,
  link: MintedLink,
): { sample_id: string; url: string; expires_at: string } {
  const token = signLinkToken(secrets, link)
  const lang = link.locale ? `&lang=${link.locale}` : ''
  const query =
    link.form === 'fragment' ? `sample=${link.sampleId}${lang}#token=${token}` : `token=${token}${lang}`
  return {
    sample_id: link.sampleId,
    url: `${env.publicUrl}/array-data-upload?${query}`,
    expires_at: new Date(link.exp * 1_000).toISOString().replace('.000Z', 'Z'),
  }
}

async function judgeRequest(
  services: Services,
  caller: Caller,
  fields: Record<string, unknown>,
): Promise<{ project: Project; request: MintRequest }> {
  const parsed = MintRequest.safeParse(fields)
  const wrong = { ...(parsed.success ? {} : fieldsOf(parsed.error)), ...misspeltFields(MintRequest, fields) }
  const project = await findNamedProject(services, caller, fields.project_id, wrong)
  const rules = { loopback: services.env.loopback, origins: project?.settings.redirectOrigins ?? [] }
  for (const field of ['redirect_on_success', 'redirect_on_failure'] as const) {
    const url = fields[field]
    const refusal = typeof url === 'string' && url !== '' ? refuseRedirectUrl(url, rules) : undefined
    if (refusal) wrong[field] = [refusal]
  }
  if (!parsed.success || !project || Object.keys(wrong).length > 0) {
    throw new Problem('invalid', 'Some fields are not valid.', { fields: wrong })
  }
  return { project, request: parsed.data }
}

/** Read separately, so that its refusal is reported along with those of the other fields. Adds it to `wrong`. */
async function findNamedProject(
  services: Services,
  caller: Caller,
  field: unknown,
  wrong: Record<string, string[]>,
): Promise<Project | undefined> {
  const id = MintRequest.shape.project_id.safeParse(field)
  if (!id.success) return undefined
  try {
    return await findUploadProject(services, caller, id.data)
  } catch (error) {
    if (!isProblem(error) || !error.fields) throw error
    Object.assign(wrong, error.fields)
    return undefined
  }
}
