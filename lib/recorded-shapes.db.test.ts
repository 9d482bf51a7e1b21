import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { provideServices } from '#lib/services.ts'
import { callRoute } from '#lib/testing/call-route.ts'
import { type TestPartner, type TestServices, testServices } from '#lib/testing/test-services.ts'

/**
 * What Gencove's own clients find in answers, by what was seen of them: the fields that are always there, their types,
 * and which may be null. Fields of ours may come on top. Written apart from the shapes that make the answers.
 */
const Id = z.uuid()
const Time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
const Whole = z.int().min(0)
const has = <Shape extends z.ZodRawShape>(shape: Shape) => z.looseObject(shape)
const Role = has({
  id: Id,
  name: z.enum(['member', 'viewer', 'uploader', 'analyst', 'explorer', 'manager', 'owner']),
})
const Link = z.url().regex(/[?&]offset=\d+/)
const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    meta: z.strictObject({ count: Whole, next: Link.nullable(), previous: Link.nullable() }),
    results: z.array(item).min(1),
  })

const Status = z.strictObject({ id: Id, status: z.string(), note: z.string(), created: Time })
const Archive = z.strictObject({
  id: Id,
  status: z.enum(['available', 'archived', 'restore_requested', 'restored']),
  created: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00:00$/),
  transition_cutoff: z.string().nullable(),
})
const Keys = z.array(z.string().regex(/^[a-z_]+$/)).min(1)
const ListedSample = {
  id: Id,
  run: Id.nullable(),
  created: Time,
  hidden: z.boolean(),
  modified: Time,
  client_id: z.string().min(1).max(250),
  physical_id: z.string(),
  legacy_id: z.string(),
  last_status: Status,
  archive_last_status: Archive,
}
const File = has({
  id: Id,
  s3_path: z.string(),
  size: Whole.nullable(),
  download_url: z.url(),
  file_type: z.string(),
  checksum_sha256: z.string().regex(/^[0-9a-f]{64}$/),
  shadow_mode: z.boolean(),
})
const Project = {
  id: Id,
  name: z.string(),
  description: z.string(),
  created: Time,
  modified: Time,
  hidden: z.boolean(),
  organization: Id,
  organization_name: z.string(),
  sample_count: Whole,
  hidden_sample_count: Whole,
  pipeline_capabilities: Id,
  project_modifications: z.array(z.unknown()),
  roles: has({ organization: Role }),
  webhook_url: z.literal(''),
  is_shared: z.boolean(),
  locked: z.boolean(),
}
const Capability = has({
  id: Id,
  name: z.string(),
  key: z.string(),
  private: z.boolean(),
  merge_vcfs_enabled: z.boolean(),
})
const QualityType = z.strictObject({
  key: z.string(),
  type: z.string(),
  name: z.string(),
  description_markdown: z.string(),
  display_type: z.enum(['boolean', 'percentage']),
  display_only_if_failed: z.boolean(),
})
const Quality = z.strictObject({
  quality_control_type: QualityType,
  quality_control: z.strictObject({
    value_expected: z.number().nullable(),
    value_measured: z.number().nullable(),
    value_string: z.string().max(128),
    status: z.enum(['succeeded', 'failed', 'skipped']),
  }),
})
const Organization = has({
  id: Id,
  name: z.string(),
  expire_uploads_period_days: Whole,
  archive_period_days: Whole,
  archive_restore_period_days: Whole,
  roles: has({ organization: Role }),
  uploads_enabled: z.boolean(),
  delete_samples_enabled: z.boolean(),
  project_sharing_enabled: z.boolean(),
  account_on_hold: z.boolean(),
  organization_type: z.enum(['enterprise', 'consumer', 'consumer_provider']),
})
const Stats = z.strictObject({
  counts: z.strictObject({
    total_samples: Whole,
    running_samples: Whole,
    scheduled_samples: Whole,
    succeeded_samples: Whole,
    failed_samples: Whole,
    kit_processing_samples: Whole,
  }),
  total_size: Whole,
  failed_counts: z.record(z.string(), Whole),
  failed_qc_counts: z.record(z.string(), Whole),
})
const Subscription = { id: Id, name: z.string(), target: z.string(), event_types: z.array(z.string()) }

let t: TestServices
let partner: TestPartner
let key: string
let waiting: string
let failed: string

const LONG = 'The share of calls on chromosome 7 is too low. '.repeat(6)
/** What an analysis leaves of a sample that fails: one check of ours, one of an operator's program. */
const QC = {
  summary: { inferredSex: 'female' },
  checks: [
    { key: 'low_call_rate', status: 'failed', expected: 0.9, measured: 0.42, note: LONG },
    { key: 'sex_undetermined', status: 'skipped', expected: null, measured: true, note: '' },
    { key: 'own_check', status: 'failed', expected: true, measured: false, note: 'Not as it should be.' },
  ],
}

beforeAll(async () => {
  t = await testServices()
  provideServices(t.services)
  partner = await t.aPartner()
  ;({ key } = await t.aKey({ role: 'owner' }))
  waiting = (await t.aLink({ metadata: { order: 7 } }, partner)).sampleId
  failed = (await t.aLink({}, partner)).sampleId
  await t.services.db
    .updateTable('sample')
    .set({ status: 'failed qc', qc: JSON.stringify(QC), failed_qc: 'in words' })
    .where('id', '=', failed)
    .execute()
})
afterAll(async () => {
  provideServices(undefined)
  await t.stop()
})

function call(
  method: string,
  at: string,
  body?: unknown,
  authorization = `Api-Key ${key}`,
): Promise<Response> {
  return callRoute(
    new Request(`http://localhost/api/v2/${at}`, {
      method,
      headers: { Authorization: authorization, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  )
}

/** The answer, once it has this status and shape. */
async function answer<Shape extends z.ZodType>(
  shape: Shape,
  ...[method, at, body]: Parameters<typeof call>
): Promise<z.output<Shape>> {
  const response = await call(method, at, body)
  const text = await response.text()
  expect(response.status, `${method} ${at}: ${text}`).toBeLessThan(300)
  const { data, error } = shape.safeParse(JSON.parse(text))
  if (error) expect.fail(`${method} ${at}: ${z.prettifyError(error)}\n${text}`)
  return data
}

describe('answers have the shape of those that were recorded', () => {
  test('of projects, with the counts and roles that the command line prints', async () => {
    const page = await answer(
      pageOf(has(Project)),
      'GET',
      'projects/?hidden_status=visible&limit=200&offset=0',
    )
    expect(page.results[0]).toMatchObject({ sample_count: 2, roles: { organization: { name: 'owner' } } })
    await answer(has({ ...Project, files: z.array(z.unknown()) }), 'GET', `projects/${partner.project.id}`)
    const created = await answer(has(Project), 'POST', 'projects/', {
      name: 'New',
      pipeline_capabilities: partner.project.pipelineCapabilities,
    })
    const { results } = await answer(
      pageOf(Capability),
      'GET',
      `pipeline-capabilities/?search=${created.pipeline_capabilities}`,
    )
    expect(results.map(({ id }) => id)).toEqual([created.pipeline_capabilities])
  })

  test('of pipelines: the way to the argument of `projects create`', async () => {
    const Pipeline = z.strictObject({ id: Id, version: z.string() })
    const asked = 'pipeline/?sort_by=created&sort_order=desc&offset=0&limit=200'
    const { results } = await answer(pageOf(Pipeline), 'GET', asked)
    const Details = Pipeline.extend({ capabilities: z.array(Capability).min(1) })
    const { capabilities } = await answer(Details, 'GET', `pipeline/${results[0]!.id}`)
    expect(capabilities.map(({ id }) => id)).toContain(partner.project.pipelineCapabilities)
    expect((await call('GET', `pipeline/${crypto.randomUUID()}`)).status).toBe(404)
  })

  test('of samples in lists: failed checks by key, or null', async () => {
    const Listed = z.strictObject({ ...ListedSample, failed_qc: Keys.nullable() })
    const { results } = await answer(
      pageOf(Listed),
      'GET',
      `project-samples/${partner.project.id}?sort_by=created&sort_order=asc`,
    )
    expect(results.map(({ failed_qc }) => failed_qc)).toEqual([null, ['low_call_rate', 'own_check']])
  })

  test('of one sample, its history and its metadata', async () => {
    const Sample = has({ ...ListedSample, project: Id, files: z.array(File) })
    for (const id of [waiting, failed]) await answer(Sample, 'GET', `samples/${id}`)
    await answer(pageOf(Status), 'GET', `sample-statuses/${waiting}`)
    const metadata = await answer(
      z.strictObject({ metadata: z.unknown() }),
      'GET',
      `sample-metadata/${waiting}`,
    )
    expect(metadata).toEqual({ metadata: { order: 7 } })
    for (const value of [null, [1, 2], 'text', { a: null }]) {
      const set = await answer(z.unknown(), 'POST', `sample-metadata/${waiting}`, { metadata: value })
      expect(set).toEqual({ metadata: value })
    }
  })

  test('of quality controls: numbers or null, never a boolean, and texts that fit', async () => {
    const { results } = await answer(
      pageOf(Quality),
      'GET',
      `sample-quality-controls/${failed}?offset=0&limit=200`,
    )
    expect(results.map(({ quality_control_type }) => quality_control_type.key)).toEqual([
      ...['format', 'low_call_rate', 'sex_undetermined', 'own_check'],
    ])
    const [format, callRate, sex] = results
    expect(format!.quality_control).toMatchObject({ value_expected: null, value_measured: null })
    expect(callRate!.quality_control).toMatchObject({ value_expected: 0.9, value_measured: 0.42 })
    expect(callRate!.quality_control.value_string).toHaveLength(128)
    expect(sex!.quality_control).toMatchObject({ value_measured: null, value_string: 'yes' })
    const types = await answer(pageOf(QualityType), 'GET', `project-qc-types/${partner.project.id}`)
    expect(types.results.slice(0, 2).map((type) => type.key)).toEqual(['format', 'low_call_rate'])
    expect(types.results[1]).toEqual(results[1]!.quality_control_type)
  })

  test('of the counts of a project', async () => {
    const at = `project-stats/${partner.project.id}`
    expect(await answer(Stats, 'GET', at)).toMatchObject({
      counts: { total_samples: 2, failed_samples: 1, succeeded_samples: 0, kit_processing_samples: 0 },
      failed_counts: { 'failed qc': 1 },
      failed_qc_counts: { low_call_rate: 1, own_check: 1 },
    })
    const none = await answer(Stats, 'GET', `${at}?created_after=2099-01-01`)
    expect(none).toMatchObject({ counts: { total_samples: 0 }, total_size: 0, failed_qc_counts: {} })
    expect(await answer(Stats, 'GET', `${at}?status=succeeded`)).toMatchObject({
      counts: { total_samples: 0 },
    })
  })

  test('of the report of a project: the columns that were asked for, in their order', async () => {
    const at = `project-qc-report/${partner.project.id}`
    const usual = await call('GET', at)
    expect(usual.headers.get('content-type')).toBe('text/csv')
    expect(usual.headers.get('content-disposition')).toBe('attachment; filename="project-qc-report.csv"')
    const [header, ...rows] = (await usual.text()).trimEnd().split('\r\n')
    expect(header).toMatch(/^id,client_id,project_id,year,month,day,status,sex_string,call_rate_min,/)
    expect(rows).toHaveLength(2)
    const asked = await call(
      'GET',
      `${at}?columns=status,id,call_rate_min,sex_string,raw_coverage,sex_undetermined`,
    )
    expect(await asked.text()).toContain(`\r\nfailed qc,${failed},0.42,female,,false\r\n`)
    const bad = await call('GET', `${at}?columns=id,invalid_column`)
    expect([bad.status, await bad.json()]).toEqual([
      400,
      {
        columns: [
          expect.stringMatching(/^There are no such columns: "invalid_column"\. There are: id, client_id/),
        ],
      },
    ])
    expect((await call('GET', `project-qc-report/${crypto.randomUUID()}`)).status).toBe(404)
  })

  test('of the organisation and the caller', async () => {
    await answer(Organization, 'GET', 'organization/')
    await answer(
      has({ id: Id, email: z.string(), name: z.string(), uploads_enabled: z.boolean() }),
      'GET',
      'user/',
    )
  })

  test('of file types, subscriptions and credentials for uploads', async () => {
    await answer(
      pageOf(z.strictObject({ key: z.string(), description: z.string() })),
      'GET',
      'file-types/?object=sample',
    )
    const at = `project-subscriptions/${partner.project.id}`
    const body = {
      name: 'ours',
      target: 'https://partner.example/hook',
      event_types: ['analysis_complete_v2'],
    }
    const { id } = await answer(z.strictObject(Subscription), 'POST', at, body)
    const Full = has({
      ...Subscription,
      project: Id,
      protocol: z.enum(['webhook', 'email']),
      has_secret: z.boolean(),
    })
    await answer(pageOf(Full), 'GET', at)
    await answer(Full, 'GET', `project-subscription-details/${id}`)
    await answer(z.strictObject({ secret: z.string().max(32) }), 'POST', `project-subscription-secret/${id}`)
    await answer(
      pageOf(z.strictObject({ key: z.string(), description: z.string() })),
      'GET',
      'project-subscription-event-types/',
    )
    const Credentials = has({
      version: Whole,
      access_key: z.string(),
      secret_key: z.string(),
      token: z.string(),
    })
    await answer(Credentials, 'POST', 'upload-credentials/', {})
  })
})

describe('refusals have the words and shapes that the command line prints', () => {
  const refusal = async (...sent: Parameters<typeof call>) => {
    const response = await call(...sent)
    return [response.status, await response.json()]
  }

  test('of samples that are not of the project', async () => {
    const unknown = crypto.randomUUID()
    const at = `project-cancel-samples/${partner.project.id}`
    expect(await refusal('POST', at, { sample_ids: [unknown] })).toEqual([
      400,
      { sample_ids: [`Invalid sample IDs: ${unknown}`] },
    ])
    expect(await refusal('POST', at, { sample_ids: [] })).toEqual([
      400,
      { sample_ids: ['This list may not be empty.'] },
    ])
  })

  test('of a bad key: also where the command line asks for a new token without one', async () => {
    const [status] = await refusal('GET', 'projects/', undefined, 'Api-Key bad.key')
    expect(status).toBe(401)
    expect(await refusal('POST', 'jwt-refresh/', { refresh: null }, '')).toEqual([
      401,
      { detail: 'Invalid API key, or your session has ended.' },
    ])
    expect((await refusal('POST', 'jwt-refresh/', {}, ''))[0]).toBe(400)
  })

  test('of what is not there, and of paths that there are not', async () => {
    const NOT_FOUND = [404, { detail: 'Not found.' }]
    for (const at of ['samples', 'project-samples', 'project-stats', 'project-qc-types']) {
      expect(await refusal('GET', `${at}/${crypto.randomUUID()}`)).toEqual(NOT_FOUND)
    }
    expect(await refusal('GET', `file-types/?project_id=${crypto.randomUUID()}`)).toEqual(NOT_FOUND)
    const NO_PATH = [
      404,
      { detail: expect.stringMatching(/^This service has no such path\. What there is: .*\/docs$/) },
    ]
    for (const at of [
      'project-merge-vcfs/x',
      'sample-manifests',
      'explorer/x/y',
      `samples/${waiting}/more`,
    ]) {
      for (const method of ['GET', 'POST', 'DELETE']) expect(await refusal(method, at)).toEqual(NO_PATH)
    }
  })

  test('of a method: with what the path takes, as the answer to OPTIONS has it', async () => {
    const refused = await call('PUT', `samples/${waiting}`)
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    expect(await refused.json()).toEqual({ detail: 'Method "PUT" not allowed.' })
    const asked = await call('OPTIONS', 'projects-delete/')
    expect([asked.status, asked.headers.get('allow')]).toEqual([204, 'DELETE, OPTIONS'])
  })
})
