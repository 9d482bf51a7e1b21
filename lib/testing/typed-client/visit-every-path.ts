import createClient, { type Client } from 'openapi-fetch'
// Made from the document by typed-client.compile.test.ts, which compiles and runs a copy of this file beside it.
import type { paths } from './schema.ts'

/** What is there before the visit. */
export interface World {
  fetch: (request: Request) => Promise<Response>
  /** An owner's key. */
  key: string
  projectId: string
  /** A sample with a deliverable. */
  sampleId: string
  fileId: string
  /** Two samples in `failed qc`. */
  failedIds: [string, string]
  /** A file that can be fetched; its name ends in `.fastq.gz`. */
  sourceUrl: string
  person: { id: string; email: string; password: string }
  /** Of a report of `/doctor`. */
  doctorCode: string
}

interface Answer<Data> {
  data?: Data
  error?: unknown
  response: Response
}

/** The data of an answer that is none of the refusals. */
async function ok<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await call
  if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(error)}`)
  return data as Data
}

/**
 * A program of a partner that knows nothing of the service but its types: calls every operation once and uses what it
 * gets by these types alone. Returns the calls as `METHOD path`.
 */
export async function visitEveryPath(world: World): Promise<string[]> {
  const visited: string[] = []
  const api = createClient<paths>({
    baseUrl: 'http://localhost',
    headers: { Authorization: `Api-Key ${world.key}` },
    fetch: world.fetch,
  })
  api.use({
    onRequest({ request, schemaPath }) {
      visited.push(`${request.method} ${schemaPath}`)
    },
  })
  await visitSessions(api, world)
  await visitSamples(api, world)
  await visitUploads(api, world)
  await visitWebhooks(api, world)
  await visitProjects(api, world)
  await visitKeys(api, world)
  await visitPeople(api, world)
  await visitDoctor(api, world)
  await visitTestLinks(api)
  const document = await ok(api.GET('/api/v2/openapi.json'))
  if (document.openapi !== '3.1.0') throw new Error('not the document')
  return visited
}

type Api = Client<paths>

async function visitSessions(api: Api, { projectId }: World): Promise<void> {
  const minted = await ok(
    api.POST('/api/v2/array-data-upload-form/', {
      body: { project_id: projectId, metadata: { order: 7 }, expires_in: 600, locale: 'de' },
    }),
  )
  const path = { sample_id: minted.sample_id }
  if (!minted.url.includes('token=')) throw new Error('no link')
  const session = await ok(api.GET('/api/v2/array-data-upload-form/{sample_id}', { params: { path } }))
  if (session.state !== 'minted') throw new Error(session.state)
  await ok(api.POST('/api/v2/array-data-upload-form/{sample_id}/cancel', { params: { path } }))
}

/** Last: what the others list holds no test project. */
async function visitTestLinks(api: Api): Promise<void> {
  const { id } = await ok(api.POST('/api/v2/projects/', { body: { name: 'Trials', test: true } }))
  const trial = await ok(api.POST('/api/v2/array-data-upload-form/', { body: { project_id: id } }))
  const later = await ok(
    api.POST('/api/v2/array-data-upload-form/{sample_id}/advance', {
      params: { path: { sample_id: trial.sample_id } },
      body: {},
    }),
  )
  if (later.reason !== 'link_expired') throw new Error(String(later.reason))
}

async function visitSamples(api: Api, { projectId, sampleId, fileId, failedIds }: World): Promise<void> {
  const project = { path: { project_id: projectId } }
  const sample = { path: { sample_id: sampleId } }
  const listed = await ok(
    api.GET('/api/v2/project-samples/{project_id}', {
      params: { ...project, query: { status: 'succeeded', sort_by: 'modified', limit: 10 } },
    }),
  )
  const ours = listed.results.find(({ id }) => id === sampleId)
  if (ours?.last_status.status !== 'succeeded') throw new Error('not listed')
  const details = await ok(api.GET('/api/v2/samples/{sample_id}', { params: sample }))
  if (!details.files.some(({ id, size }) => id === fileId && size > 0)) throw new Error('no file')
  const overview = await ok(api.GET('/api/v2/samples/', { params: { query: { project: projectId } } }))
  if (overview.meta.count < 1) throw new Error('no overview')
  const csv: string = await ok(api.GET('/api/v2/samples-export/', { parseAs: 'text' }))
  if (!csv.includes(sampleId)) throw new Error('not exported')
  await ok(api.GET('/api/v2/sample-uploads/{sample_id}', { params: sample }))
  await ok(api.GET('/api/v2/sample-runs/{sample_id}', { params: sample }))
  await ok(api.GET('/api/v2/sample-notifications/{sample_id}', { params: sample }))
  const history = await ok(api.GET('/api/v2/sample-statuses/{sample_id}', { params: sample }))
  if (history.results[0]?.status !== 'succeeded') throw new Error('no history')
  const set = { params: sample, body: { metadata: { paid: true } } }
  await ok(api.POST('/api/v2/sample-metadata/{sample_id}', set))
  await ok(api.GET('/api/v2/sample-metadata/{sample_id}', { params: sample }))
  const quality = await ok(api.GET('/api/v2/sample-quality-controls/{sample_id}', { params: sample }))
  const measured: (number | null)[] = quality.results.map((one) => one.quality_control.value_measured)
  if (measured.length === 0) throw new Error('no quality')
  const checksum: string = await ok(
    api.GET('/api/v2/files/{file_id}.sha256', { params: { path: { file_id: fileId } }, parseAs: 'text' }),
  )
  if (!/^[0-9a-f]{64} /.test(checksum)) throw new Error(checksum)
  await ok(api.GET('/api/v2/file-types/', { params: { query: { object: 'sample' } } }))

  const [bad, known] = failedIds
  const again = { params: project, body: { sample_ids: [bad] } }
  const { sample_ids: scheduled } = await ok(api.POST('/api/v2/project-rerun-samples/{project_id}', again))
  const accept = { params: project, body: { sample_ids: [known], reason: 'Known and harmless here.' } }
  const { sample_ids: accepted } = await ok(api.POST('/api/v2/project-accept-samples/{project_id}', accept))
  if (scheduled[0] !== bad || accepted[0] !== known) throw new Error('nothing changed')

  const other = await ok(api.POST('/api/v2/array-data-upload-form/', { body: { project_id: projectId } }))
  const chosen = { params: project, body: { sample_ids: [other.sample_id] } }
  await ok(api.POST('/api/v2/project-hide-samples/{project_id}', chosen))
  await ok(api.POST('/api/v2/project-unhide-samples/{project_id}', chosen))
  await ok(api.POST('/api/v2/project-cancel-samples/{project_id}', chosen))
  await ok(api.DELETE('/api/v2/project-delete-samples/{project_id}', chosen))
}

async function visitUploads(api: Api, { projectId, sourceUrl }: World): Promise<void> {
  const { expiry_time } = await ok(api.POST('/api/v2/upload-credentials/'))
  if (Number.isNaN(Date.parse(expiry_time))) throw new Error(expiry_time)
  const add = (name: string) =>
    ok(
      api.POST('/api/v2/uploads-url/', {
        body: { destination_path: `gncv://typed/${name}_R1.fastq.gz`, source_url: sourceUrl },
      }),
    )
  const one = await add('s1')
  const other = await add('s2')
  await ok(api.GET('/api/v2/uploads/', { params: { query: { limit: 5 } } }))
  await ok(api.GET('/api/v2/uploads/{upload_id}', { params: { path: { upload_id: one.id } } }))
  const sheet = await ok(api.GET('/api/v2/sample-sheet/', { params: { query: { status: 'unassigned' } } }))
  if (!sheet.results.some(({ fastq }) => fastq.r1.upload === one.id)) throw new Error('not in the sheet')
  const row = { client_id: 's1', fastq: { r1: { upload: one.id } } }
  const assigned = await ok(
    api.POST('/api/v2/project-samples/{project_id}', {
      params: { path: { project_id: projectId } },
      body: { uploads: [row], metadata: null },
    }),
  )
  if (assigned.uploads[0]?.client_id !== 's1') throw new Error('not assigned')
  await ok(api.POST('/api/v2/uploads-delete-unassigned/', { body: { upload_ids: [other.id] } }))
}

async function visitWebhooks(api: Api, { projectId }: World): Promise<void> {
  const project = { path: { project_id: projectId } }
  const types = await ok(api.GET('/api/v2/project-subscription-event-types/'))
  if (!types.results.some(({ key }) => key === 'analysis_complete_v2')) throw new Error('no event type')
  const made = await ok(
    api.POST('/api/v2/project-subscriptions/{project_id}', {
      params: project,
      body: { target: 'https://partner.example/hook', event_types: ['analysis_complete_v2'] },
    }),
  )
  const subscription = { path: { subscription_id: made.id } }
  await ok(api.GET('/api/v2/project-subscriptions/{project_id}', { params: project }))
  await ok(api.GET('/api/v2/project-subscription-details/{subscription_id}', { params: subscription }))
  const change = { params: subscription, body: { name: 'ours' } }
  await ok(api.PATCH('/api/v2/project-subscription-details/{subscription_id}', change))
  const { secret } = await ok(
    api.POST('/api/v2/project-subscription-secret/{subscription_id}', { params: subscription }),
  )
  if (secret.length > 32) throw new Error('too long a secret')
  const event = { params: subscription, body: { event_type: 'analysis_complete_v2' } } as const
  const { notification } = await ok(api.POST('/api/v2/project-subscription-test/{subscription_id}', event))
  const log = { params: { ...subscription, query: { limit: 1 } } }
  await ok(api.GET('/api/v2/project-subscription-notifications/{subscription_id}', log))
  const path = { notification_id: notification }
  await ok(api.GET('/api/v2/notifications/{notification_id}', { params: { path } }))
  const tried = await ok(api.GET('/api/v2/notifications/{notification_id}/attempts', { params: { path } }))
  if (tried.results.length !== tried.meta.count) throw new Error('not all attempts')
  await ok(api.GET('/api/v2/notifications/{notification_id}/payload', { params: { path } }))
  await ok(resent(api, notification))
  const again = { params: subscription, body: { from: '2020-01-01T00:00:00Z' } }
  await ok(api.POST('/api/v2/project-subscription-resend/{subscription_id}', again))
  await ok(api.DELETE('/api/v2/project-subscription-details/{subscription_id}', { params: subscription }))
}

/** Sends it again, once the attempt that may be under way has ended. */
async function resent(api: Api, notification: string) {
  for (;;) {
    const path = { notification_id: notification }
    const answer = await api.POST('/api/v2/notifications/{notification_id}/resend', { params: { path } })
    if (answer.response.status !== 409) return answer
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function visitProjects(api: Api, { projectId }: World): Promise<void> {
  const [pipeline] = (await ok(api.GET('/api/v2/pipeline/'))).results
  if (!pipeline) throw new Error('no pipeline')
  const { capabilities } = await ok(
    api.GET('/api/v2/pipeline/{pipeline_id}', { params: { path: { pipeline_id: pipeline.id } } }),
  )
  const [capability] = capabilities
  if (!capability) throw new Error('no capability')
  const search = { params: { query: { search: capability.id } } }
  await ok(api.GET('/api/v2/pipeline-capabilities/', search))
  const named = { params: { path: { capability_id: capability.id } } }
  await ok(api.GET('/api/v2/pipeline-capabilities/{capability_id}', named))
  const made = await ok(
    api.POST('/api/v2/projects/', { body: { name: 'Typed', pipeline_capabilities: capability.id } }),
  )
  const project = { path: { project_id: projectId } }
  await ok(api.GET('/api/v2/projects/', { params: { query: { hidden_status: 'visible' } } }))
  const { roles } = await ok(api.GET('/api/v2/projects/{project_id}', { params: project }))
  if (roles.organization?.name !== 'owner') throw new Error('no role')
  await ok(api.PATCH('/api/v2/projects/{project_id}', { params: project, body: { description: 'ours' } }))
  const stats = await ok(api.GET('/api/v2/project-stats/{project_id}', { params: project }))
  if (stats.counts.succeeded_samples < 1) throw new Error('not counted')
  await ok(api.GET('/api/v2/project-qc-types/{project_id}', { params: project }))
  const quality = await ok(api.GET('/api/v2/project-quality/{project_id}', { params: project }))
  if (quality.samples.length < 1) throw new Error('not measured')
  const report = { params: { ...project, query: { columns: 'id,status' } }, parseAs: 'text' } as const
  const csv: string = await ok(api.GET('/api/v2/project-qc-report/{project_id}', report))
  if (!csv.startsWith('id,status\r\n')) throw new Error(csv)
  const { organization_type } = await ok(api.GET('/api/v2/organization/'))
  if (organization_type !== 'consumer_provider') throw new Error(organization_type)
  await ok(api.GET('/api/v2/project-audit/{project_id}', { params: project }))
  await ok(api.GET('/api/v2/audit/', { params: { query: { limit: 1 } } }))
  await ok(api.GET('/api/v2/insights/'))
  await ok(api.GET('/api/v2/queues/'))
  await ok(api.DELETE('/api/v2/projects-delete/', { body: { project_ids: [made.id] } }))
}

async function visitDoctor(api: Api, { doctorCode }: World): Promise<void> {
  const report = await ok(
    api.GET('/api/v2/doctor-reports/{code}', { params: { path: { code: doctorCode } } }),
  )
  if (report.findings[0]?.level !== 'falls_back') throw new Error('no finding')
}

async function visitKeys(api: Api, { person: { email, password } }: World): Promise<void> {
  await ok(api.GET('/api/v2/user/'))
  const made = await ok(
    api.POST('/api/v2/user-api-keys/', { body: { name: 'Typed', expiry_date: null, ip_range: null } }),
  )
  if (made.key === '') throw new Error('no key')
  const key = { path: { key_id: made.id } }
  await ok(api.GET('/api/v2/user-api-keys/'))
  await ok(api.PATCH('/api/v2/user-api-keys/{key_id}', { params: key, body: { name: 'Typed, old' } }))
  await ok(api.GET('/api/v2/user-api-keys/{key_id}/grants', { params: key }))
  await ok(api.DELETE('/api/v2/user-api-keys/{key_id}', { params: key }))
  const { refresh } = await ok(api.POST('/api/v2/jwt-create/', { body: { email, password } }))
  const { access } = await ok(api.POST('/api/v2/jwt-refresh/', { body: { refresh } }))
  await ok(api.POST('/api/v2/jwt-verify/', { body: { token: access } }))
  const refused = await api.POST('/api/v2/jwt-refresh/', { body: { refresh: 'none' } })
  if (refused.response.status !== 401 || !refused.error) throw new Error('not refused')
}

async function visitPeople(api: Api, { person }: World): Promise<void> {
  const user = { path: { user_id: person.id } }
  const people = await ok(api.GET('/api/v2/users/'))
  if (!people.results.some(({ id }) => id === person.id)) throw new Error('nobody')
  await ok(api.PATCH('/api/v2/users/{user_id}', { params: user, body: { role: 'analyst' } }))
  await ok(api.POST('/api/v2/user-reset-link/{user_id}', { params: user }))
  const invited = await ok(
    api.POST('/api/v2/user-invitations/', {
      body: { email: 'colleague@clinic.example', role: 'analyst', project_id: null },
    }),
  )
  await ok(api.GET('/api/v2/user-invitations/'))
  const invitation = { params: { path: { invitation_id: invited.id } } }
  await ok(api.DELETE('/api/v2/user-invitations/{invitation_id}', invitation))
  // Sessions belong to people who use the console; a key manages those of another person.
  const query = { user: person.id }
  await ok(api.GET('/api/v2/user-sessions/', { params: { query } }))
  await ok(api.DELETE('/api/v2/user-sessions/', { params: { query } }))
  const one = { params: { path: { session_id: crypto.randomUUID() } } }
  const { response } = await api.DELETE('/api/v2/user-sessions/{session_id}', one)
  // A key has none of its own to end.
  if (response.status !== 403) throw new Error(`${response.status}`)
}
