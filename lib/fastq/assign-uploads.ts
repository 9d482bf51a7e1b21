import { type Caller, demandRight, reachOf } from '#lib/access/caller.ts'
import { queueRun } from '#lib/analysis/queue-run.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { answerInOneTransaction } from '#lib/idempotency/answer-once.ts'
import { Problem } from '#lib/problem.ts'
import { findVisibleProject } from '#lib/projects/find-project.ts'
import { createSamples } from '#lib/samples/create-samples.ts'
import { refuseMetadata } from '#lib/samples/metadata.ts'
import type { Services, Tx } from '#lib/services.ts'
import { misspeltFields } from '#lib/wire/unknown-fields.ts'
import type { FastqUpload } from './fastq-upload.ts'
import { lockUploads, updateAssigned } from './fastq-uploads-table.ts'
import type { RNotation } from './map/destination.ts'
import { refuseClientId } from './map/refuse-client-id.ts'
import { type AssignAnswer, AssignRequest } from './wire.ts'

/** Faults named in one refusal; more than that is one mistake repeated. */
const FAULTS_MAX = 50

/** One sample to be: its name, and the uploads that it is made of. */
interface Wanted {
  clientId: string
  r1: string
  r2: string | null
}

/**
 * Make samples of FASTQ uploads and start their runs, all of them or none, in one transaction. Nothing to assign is no
 * fault: Gencove's CLI asks for that after every 200 samples. With an `Idempotency-Key` a repetition gets the first
 * samples, of which the ids alone are kept. Throws 404 for a project that the caller does not see, and 400 with every
 * fault, each with the number of its sample.
 */
export async function assignUploads(
  services: Services,
  caller: Caller,
  {
    projectId,
    fields,
    key = null,
  }: { projectId: string; fields: Record<string, unknown>; key?: string | null },
): Promise<AssignAnswer> {
  const allowed = demandRight(caller, 'run_analysis')
  const project = await findVisibleProject(services, allowed, projectId)
  const { wanted, metadata } = judgeFields(fields)
  if (wanted.length === 0) return { uploads: [], metadata }
  const now = await services.clock.now()
  const make = async (tx: Tx) => {
    const ids = wanted.flatMap(({ r1, r2 }) => (r2 === null ? [r1] : [r1, r2]))
    const found = await lockUploads(tx, reachOf(allowed), ids)
    const uploads = new Map(found.filter(({ deleted }) => !deleted).map((upload) => [upload.id, upload]))
    refuse(judgeUploads(wanted, uploads, { projectId: project.id, now }))
    const hosts = new Map(found.map(({ id, sourceHost }) => [id, sourceHost]))
    return makeSamples(services, tx, { caller, projectId: project.id, wanted, hosts, metadata })
  }
  const { sampleIds } =
    key === null
      ? await services.db.transaction().execute(make)
      : await answerInOneTransaction(
          services,
          caller,
          { key, request: `assign ${project.id} ${JSON.stringify(fields)}` },
          make,
        )
  return {
    uploads: wanted.map(({ clientId, r1, r2 }, at) => ({
      client_id: clientId,
      fastq: { r1: { upload: r1 }, r2: r2 === null ? null : { upload: r2 } },
      sample: sampleIds[at]!,
    })),
    metadata,
  }
}

/** Everything that the request alone shows. */
function judgeFields(fields: Record<string, unknown>): { wanted: Wanted[]; metadata: unknown } {
  const parsed = AssignRequest.safeParse(fields)
  const misspelt = misspeltFields(AssignRequest, fields)
  const faults = (parsed.error?.issues ?? []).map(({ path: [, at, ...within], message }) =>
    typeof at === 'number'
      ? `Sample ${at + 1}: ${within.length > 0 ? `${within.join('.')}: ` : ''}${message}`
      : message,
  )
  if (!parsed.success || Object.keys(misspelt).length > 0) throw refusal(faults, misspelt)
  refuse(misplacedMetadata(fields.uploads as { metadata?: unknown }[]))
  const { metadata } = parsed.data
  const badMetadata = refuseMetadata(metadata)
  if (badMetadata) throw new Problem('invalid', badMetadata, { fields: { metadata: [badMetadata] } })
  const wanted = parsed.data.uploads.map(({ client_id: clientId, fastq: { r1, r2 } }) => ({
    clientId,
    r1: r1.upload,
    r2: r2?.upload ?? null,
  }))
  const seen = new Set<string>()
  refuse(
    wanted.flatMap(({ clientId, r1, r2 }, at) => {
      const badId = refuseClientId(clientId)
      const twice = [r1, r2].filter((id) => id !== null && (seen.has(id) || !seen.add(id)))
      return [
        ...(badId === undefined ? [] : [`Sample ${at + 1}: client_id: ${badId}.`]),
        ...twice.map((id) => `Sample ${at + 1}: upload ${id} occurs in this request twice.`),
      ]
    }),
  )
  return { wanted, metadata }
}

/** Metadata of a single sample would be lost: a request has one for all of them. */
const misplacedMetadata = (rows: { metadata?: unknown }[]): string[] =>
  rows.flatMap(({ metadata }, at) =>
    (metadata ?? null) === null
      ? []
      : [`Sample ${at + 1}: metadata: Give it beside uploads, where it is that of every sample.`],
  )

/** What the uploads themselves forbid. */
function judgeUploads(
  wanted: readonly Wanted[],
  uploads: ReadonlyMap<string, FastqUpload>,
  about: { projectId: string; now: Date },
): string[] {
  return wanted.flatMap(({ r1, r2 }, at) =>
    (['R1', 'R2'] as const).flatMap((rNotation) => {
      const id = rNotation === 'R1' ? r1 : r2
      const fault = id === null ? undefined : judgeUpload(uploads.get(id), rNotation, about)
      return fault === undefined ? [] : [`Sample ${at + 1}: upload ${id} ${fault}`]
    }),
  )
}

function judgeUpload(
  upload: FastqUpload | undefined,
  rNotation: RNotation,
  { projectId, now }: { projectId: string; now: Date },
): string | undefined {
  if (!upload) return 'does not exist, or you do not have privileges to access it.'
  if (upload.sampleId !== null) return 'is already assigned to a sample.'
  // Projects are tenants: what was given to one is no other's.
  if (upload.projectId !== null && upload.projectId !== projectId) return 'belongs to another project.'
  if (upload.rNotation !== rNotation) return `is ${upload.rNotation}, not ${rNotation}.`
  if (upload.status.status !== 'succeeded') return 'has not succeeded.'
  return upload.expiresAt && upload.expiresAt <= now
    ? 'has a URL that has expired: delete it and upload it again, to another destination.'
    : undefined
}

interface Making {
  caller: Caller
  projectId: string
  wanted: readonly Wanted[]
  /** Where the files of each upload come from. */
  hosts: ReadonlyMap<string, string>
  metadata: unknown
}

/** The ids of the samples, in the order of the rows. */
async function makeSamples(
  services: Services,
  tx: Tx,
  { caller, projectId, wanted, hosts, metadata }: Making,
): Promise<{ sampleIds: string[] }> {
  const clientIds = wanted.map(({ clientId }) => clientId)
  const sampleIds = await createSamples(tx, { projectId, clientIds, metadata })
  const assigned = wanted.flatMap(({ r1, r2 }, at) =>
    [r1, r2].flatMap((id) => (id === null ? [] : [{ uploadId: id, sampleId: sampleIds[at]! }])),
  )
  await updateAssigned(tx, assigned)
  for (const [at, { r1, r2 }] of wanted.entries()) {
    const input = { kind: 'fastq', r1: { uploadId: r1 }, r2: r2 === null ? null : { uploadId: r2 } } as const
    await queueRun(services, tx, { sampleId: sampleIds[at]!, lane: hosts.get(r1)!, input })
  }
  await recordAudit(tx, { by: caller, action: 'fastq.assign', projectId, targets: sampleIds })
  return { sampleIds }
}

function refuse(faults: string[]): void {
  if (faults.length > 0) throw refusal(faults)
}

const refusal = (faults: string[], others: Record<string, string[]> = {}) =>
  new Problem('invalid', faults[0] ?? 'Some fields are not valid.', {
    fields: { ...(faults.length > 0 ? { uploads: faults.slice(0, FAULTS_MAX) } : {}), ...others },
  })
