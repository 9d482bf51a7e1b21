import { type Caller, callerId, demandRight } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { isProblem, Problem } from '#lib/problem.ts'
import { type Project, ProjectSettings } from '#lib/projects/project.ts'
import type { Services } from '#lib/services.ts'
import { parseLenient, withoutEchoes } from '#lib/wire/unknown-fields.ts'
import { type CheckedSource, checkSource, refuseSource } from './check-source.ts'
import { chooseUploadProject } from './choose-upload-project.ts'
import type { FastqUpload } from './fastq-upload.ts'
import { insertFastqUpload, removeDeletedAt, selectAtDestination } from './fastq-uploads-table.ts'
import { readPresignedUrl, warnPresigned } from './presigned-url.ts'
import { type ReadDestination, readDestination } from './read-destination.ts'
import { openSource, sealSource } from './seal-source.ts'
import { UploadUrlRequest } from './wire.ts'

export interface AddedUpload {
  upload: FastqUpload
  url: string
  warnings: string[]
}

/**
 * Take a FASTQ file by URL, after it has proved to be there. The same URL to the same destination again is the same
 * upload, so a client that got no response can repeat the request. Every bad field is named at once (400); a destination that means
 * another file, or one that was deleted, is refused; in a test project a deletion frees the destination.
 */
export async function addUpload(
  services: Services,
  caller: Caller,
  fields: Record<string, unknown>,
): Promise<AddedUpload> {
  const allowed = demandRight(caller, 'upload_create')
  const request = await judgeRequest(services, allowed, fields)
  const upload = (await findThere(services, request)) ?? (await takeNew(services, allowed, request))
  const { url, owner, now } = request
  const { expectedWaitHours } = owner?.settings ?? ProjectSettings.parse({})
  return { upload, url, warnings: warnPresigned(readPresignedUrl(url), { now, expectedWaitHours }) }
}

async function takeNew(services: Services, caller: Caller, request: Request): Promise<FastqUpload> {
  const source = await checkSource(services, request.url, {
    now: request.now,
    rNotation: request.destination.rNotation,
  })
  const upload = (await insert(services, caller, request, source)) ?? (await findThere(services, request))
  if (upload) return upload
  // Another request was first, and its upload has been erased since, with its sample.
  throw new Problem('unavailable', 'Try again.', { retryAfterSeconds: 1 })
}

interface Request {
  url: string
  path: string
  destination: ReadDestination
  owner: Project | null
  now: Date
}

async function judgeRequest(
  services: Services,
  caller: Caller,
  fields: Record<string, unknown>,
): Promise<Request> {
  const {
    destination_path: path,
    source_url: url,
    project_id: projectId,
  } = parseLenient(UploadUrlRequest, withoutEchoes(fields, ['source'], {}))
  const now = await services.clock.now()
  const wrong: Record<string, string[]> = {}
  const destination = readDestination(path)
  if ('refusal' in destination) wrong.destination_path = [destination.refusal]
  const refusal = refuseSource(services, url, now)
  if (refusal !== undefined) wrong.source_url = [refusal]
  const owner = await chooseUploadProject(services, caller, projectId).catch((error: unknown) => {
    if (!isProblem(error) || !error.fields) throw error
    Object.assign(wrong, error.fields)
    return null
  })
  if ('refusal' in destination || Object.keys(wrong).length > 0) {
    throw new Problem('invalid', 'Some fields are not valid.', { fields: wrong })
  }
  return { url, path, destination, owner, now }
}

/** What its owner has at the destination: undefined for nothing, and a 400 for anything but this very URL. */
async function findThere(
  services: Services,
  { path, owner, url }: Request,
): Promise<FastqUpload | undefined> {
  const there = await selectAtDestination(services.db, owner?.id ?? null, path)
  if (!there) return undefined
  const deleted = there.sealedUrl === null
  if (deleted && owner?.isTest) return undefined
  if (!deleted && (await openSource(services, there)) === url) return there
  const message = `Destination ${path} is taken by another upload${deleted ? ' that was deleted' : ''}. Please choose a different destination.`
  throw new Problem('invalid', message, { fields: { destination_path: [message] } })
}

async function insert(
  services: Services,
  caller: Caller,
  { url, path, destination, owner }: Request,
  { host, size, expiresAt }: CheckedSource,
): Promise<FastqUpload | undefined> {
  const id = crypto.randomUUID()
  const sealedUrl = await sealSource(services, id, url)
  const projectId = owner?.id ?? null
  return services.db.transaction().execute(async (tx) => {
    if (owner?.isTest) await removeDeletedAt(tx, owner.id, path)
    const upload = await insertFastqUpload(tx, {
      id,
      projectId,
      destinationPath: path,
      ...destination,
      sealedUrl,
      sourceHost: host,
      size,
      expiresAt,
      createdBy: callerId(caller) || null,
      userId: caller.userId ?? null,
    })
    if (upload) await recordAudit(tx, { by: caller, action: 'fastq.add', projectId, targets: [id] })
    return upload
  })
}
