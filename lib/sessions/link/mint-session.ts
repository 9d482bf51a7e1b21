import { type Caller, reachOf } from '#lib/access/caller.ts'
import { answerInOneTransaction } from '#lib/idempotency/answer-once.ts'
import { fieldsOf, isProblem, Problem } from '#lib/problem.ts'
import { findUploadProject } from '#lib/projects/find-project.ts'
import { type LinkForm, type Project, ProjectSettings } from '#lib/projects/project.ts'
import type { Database, Services, Tx } from '#lib/services.ts'
import { misspeltFields } from '#lib/wire/unknown-fields.ts'
import { countTimelineEntry } from '../measure-sessions.ts'
import { insertSession } from '../sessions-table.ts'
import { generateJti, type LinkToken, signLinkToken } from './link-token.ts'
import { MintRequest } from './mint-request.ts'
import { type RedirectRules, refuseRedirectUrl } from './redirect-url.ts'

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
  const within = { ...services, db }
  const request = readRequest(within, fields)
  const link = request && (await insertWithin(within, caller, request))
  if (!link) throw await explainRefusal(within, caller, fields)
  services.telemetry.annotate({ 'sample.id': link.sampleId })
  return link
}

/** Undefined where there is no such project that the caller may mint for, or it does not allow the redirects. */
async function insertWithin(
  { db, telemetry }: Pick<Services, 'db' | 'telemetry'>,
  caller: Caller,
  request: MintRequest,
): Promise<MintedLink | undefined> {
  const jti = generateJti()
  const inserted = await telemetry.span('mint session', () =>
    insertSession(db, {
      projectId: request.project_id ?? caller.projectId,
      reach: reachOf(caller),
      jti,
      expiresIn: request.expires_in,
      locale: request.locale,
      redirectOnSuccess: request.redirect_on_success,
      redirectOnFailure: request.redirect_on_failure,
      origins: REDIRECTS.flatMap((field) => (request[field] ? [new URL(request[field]).origin] : [])),
      metadata: request.metadata,
    }),
  )
  if (!inserted) return undefined
  const { linkForm, ...claims } = inserted
  const form = ProjectSettings.shape.linkForm.parse(linkForm ?? undefined)
  return { ...claims, jti, form, locale: request.locale }
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

const REDIRECTS = ['redirect_on_success', 'redirect_on_failure'] as const

/** The request, unless something is wrong with it that can be told without the project. */
function readRequest(
  { env }: Pick<Services, 'env'>,
  fields: Record<string, unknown>,
): MintRequest | undefined {
  const parsed = MintRequest.safeParse(fields)
  const wrong = {
    ...misspeltFields(MintRequest, fields),
    ...refusedRedirects(fields, { loopback: env.loopback, origins: [] }),
  }
  return Object.keys(wrong).length === 0 ? parsed.data : undefined
}

function refusedRedirects(fields: Record<string, unknown>, rules: RedirectRules): Record<string, string[]> {
  return Object.fromEntries(
    REDIRECTS.flatMap((field): [string, string[]][] => {
      const url = fields[field]
      const refusal = typeof url === 'string' && url !== '' ? refuseRedirectUrl(url, rules) : undefined
      return refusal === undefined ? [] : [[field, [refusal]]]
    }),
  )
}

/** Everything that is wrong with a request that nothing was minted for. */
async function explainRefusal(
  services: Services,
  caller: Caller,
  fields: Record<string, unknown>,
): Promise<Problem> {
  const parsed = MintRequest.safeParse(fields)
  const wrong = { ...(parsed.success ? {} : fieldsOf(parsed.error)), ...misspeltFields(MintRequest, fields) }
  const project = await findNamedProject(services, caller, fields.project_id, wrong)
  const origins = project?.settings.redirectOrigins ?? []
  Object.assign(wrong, refusedRedirects(fields, { loopback: services.env.loopback, origins }))
  return Object.keys(wrong).length > 0
    ? new Problem('invalid', 'Some fields are not valid.', { fields: wrong })
    : new Problem('conflict', 'The project was changed at the same time. Try again.')
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
