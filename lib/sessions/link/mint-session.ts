import type { Caller } from '#lib/access/caller.ts'
import { fieldsOf, isProblem, Problem } from '#lib/problem.ts'
import { findUploadProject } from '#lib/projects/find-project.ts'
import type { Project } from '#lib/projects/project.ts'
import type { Database, Services, Tx } from '#lib/services.ts'
import { countEvent } from '../count-event.ts'
import { insertSession } from '../sessions-table.ts'
import { generateJti, type LinkToken } from './link-token.ts'
import { MintRequest } from './mint-request.ts'
import { refuseRedirectUrl } from './redirect-url.ts'

/**
 * Mint an upload session: a sample that awaits data, and the claims its link is signed from. Every bad field is named
 * at once (400), the project and the redirects it allows included. Durable when this resolves, as far as `db` is not
 * a transaction that is rolled back.
 */
export async function mintSession(
  services: Services,
  caller: Caller,
  fields: Record<string, unknown>,
  db: Database | Tx = services.db,
): Promise<LinkToken> {
  // The same connection for all of it: one that waits for a second is how a pool runs dry.
  const { project, request } = await judgeRequest({ ...services, db }, caller, fields)
  const jti = generateJti()
  const { sampleId, iat, exp } = await services.telemetry.span('mint session', () =>
    insertSession(db, {
      projectId: project.id,
      jti,
      expiresIn: request.expires_in,
      locale: request.locale,
      redirectOnSuccess: request.redirect_on_success,
      redirectOnFailure: request.redirect_on_failure,
      metadata: request.metadata,
    }),
  )
  countEvent(services, { kind: 'minted' })
  services.telemetry.annotate({ 'sample.id': sampleId })
  return { sampleId, jti, iat, exp }
}

async function judgeRequest(
  services: Services,
  caller: Caller,
  fields: Record<string, unknown>,
): Promise<{ project: Project; request: MintRequest }> {
  const parsed = MintRequest.safeParse(fields)
  const wrong = parsed.success ? {} : fieldsOf(parsed.error)
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

/** Read by itself, so that its refusal stands beside those of the other fields. Adds it to `wrong`. */
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
