import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Caller } from '#lib/access/caller.ts'
import { showInsights } from '#lib/insights/show-insights.ts'
import { policiesFor } from '#lib/jobs.ts'
import { changeProject } from '#lib/projects/change-project.ts'
import { ARRAY_DATA, capabilityOfPanel, PIPELINE_CAPABILITIES } from '#lib/projects/pipeline-capability.ts'
import { receiveUpload } from '#lib/sessions/upload/receive-upload.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import { publishOriginal } from '#lib/testing/export-stand-ins.ts'
import { acceptingCheck, type TestServices, testServices } from '#lib/testing/test-services.ts'
import type { Analyzer } from '../analyzer.ts'
import { listRuns } from '../list-runs.ts'
import { requeueRuns } from '../queue-run.ts'
import { runAnalysis } from '../run-analysis.ts'
import { presentRun } from '../run-wire.ts'

const PANEL = { name: 'synthetic', version: '1', build: 37, licence: 'nobody’s' }
const IMPUTED = capabilityOfPanel(PANEL)
let t: TestServices

beforeAll(async () => {
  t = await testServices({ capabilities: [...PIPELINE_CAPABILITIES, IMPUTED] })
})
afterAll(() => t.stop())

/** The run of an accepted file in a project with this capability. */
async function aRun(capability: string) {
  const partner = await t.aPartner()
  const { caller } = await t.aKey({ role: 'owner' })
  await changeProject(t.services, caller, partner.project.id, { pipeline_capabilities: capability })
  const link = await t.anOpenLink({}, partner)
  const uploadId = await t.anUpload(link)
  await receiveUpload(t.services, uploadId)
  await verifyUpload({ ...t.services, checkArchive: acceptingCheck() }, { uploadId })
  const { id, input } = await t.services.db
    .selectFrom('run')
    .select(['id', 'input'])
    .where('sample_id', '=', link.sampleId)
    .executeTakeFirstOrThrow()
  return { runId: id, input, sampleId: link.sampleId, caller: partner.caller }
}

const waiting = async (name: 'run-analysis' | 'run-imputation', runId: string) =>
  (await t.queued(name)).filter((job) => job.runId === runId).length

test('A file of a project that imputes waits in a queue of its own; others never wait behind it', async () => {
  const imputed = await aRun(IMPUTED.id)
  expect(imputed.input).toMatchObject({ kind: 'array', imputation: { capability: IMPUTED.id } })
  expect([
    await waiting('run-imputation', imputed.runId),
    await waiting('run-analysis', imputed.runId),
  ]).toEqual([1, 0])
  const plain = await aRun(ARRAY_DATA.id)
  expect(plain.input).not.toHaveProperty('imputation')
  expect([await waiting('run-imputation', plain.runId), await waiting('run-analysis', plain.runId)]).toEqual([
    0, 1,
  ])
})

test('An imputation that waits its turn is not taken for lost, for a day; then it is queued again', async () => {
  const { runId } = await aRun(IMPUTED.id)
  await t.advance(3_600)
  await requeueRuns(t.services)
  expect(await waiting('run-imputation', runId)).toBe(1)
  await t.advance(86_400)
  await requeueRuns(t.services)
  expect(await waiting('run-imputation', runId)).toBe(2)
})

test('A run keeps the panel that it used, how far it is and what it cost, for everybody who may see the sample', async () => {
  const { runId, sampleId, caller } = await aRun(IMPUTED.id)
  const shown = async () =>
    presentRun((await listRuns(t.services, caller, sampleId, { limit: 1, offset: 0 })).rows[0]!)
  const during: unknown[] = []
  const imputing: Analyzer = async ({ note }) => {
    await note?.({ panelId: 'synthetic/1@0123456789ab' })
    await note?.({ progress: { steps: 23, stepsDone: 7, secondsLeft: 1_200 } })
    during.push(await shown())
    await note?.({ cpuSeconds: 3_600.5 })
    return { qc: {}, checks: [], files: [] }
  }
  const before = await shown()
  expect(before).toMatchObject({ panel: null, progress: null, cpu_seconds: null })
  await runAnalysis(
    { ...t.services, analyzers: { array: [publishOriginal, imputing], fastq: [] } },
    { runId },
  )
  expect(during).toMatchObject([
    {
      state: 'running',
      panel: 'synthetic/1@0123456789ab',
      progress: { steps: 23, steps_done: 7, seconds_left: 1_200 },
      cpu_seconds: null,
    },
  ])
  expect(await shown()).toMatchObject({
    state: 'succeeded',
    panel: 'synthetic/1@0123456789ab',
    cpu_seconds: 3_600.5,
  })
})

test('Insights tell what imputing with a panel costs a sample: medians, of those in sight alone', async () => {
  const panel = 'synthetic/1@cafecafecafe'
  const costing =
    (cpuSeconds: number): Analyzer =>
    async ({ note, original }) => {
      await note?.({ panelId: panel, cpuSeconds })
      return { qc: {}, checks: [], files: [{ fileType: 'impute-vcf', extension: 'vcf.gz', path: original }] }
    }
  const callers: Caller[] = []
  for (const cpuSeconds of [100, 300, 900]) {
    const { runId, caller } = await aRun(IMPUTED.id)
    callers.push(caller)
    const analyzers = { array: [costing(cpuSeconds)], fastq: [] }
    await runAnalysis({ ...t.services, analyzers }, { runId })
  }
  const { caller: everywhere } = await t.aKey({ role: 'analyst' })
  const costs = async (caller: Caller) =>
    (await showInsights(t.services, caller, {})).imputation.find((cost) => cost.panel === panel)
  expect(await costs(everywhere)).toEqual({ panel, samples: 3, median_cpu_seconds: 300, median_bytes: 2_000 })
  expect(await costs(callers[2]!)).toEqual({
    panel,
    samples: 1,
    median_cpu_seconds: 900,
    median_bytes: 2_000,
  })
})

test('A project may choose what is offered here and nothing else, and keeps what it has chosen', async () => {
  const { project } = await t.aPartner()
  const { caller } = await t.aKey({ role: 'owner' })
  const choose = (services: typeof t.services, id: string) =>
    changeProject(services, caller, project.id, { pipeline_capabilities: id })
  await expect(choose(t.services, '00000000-0000-4000-8000-000000000000')).rejects.toMatchObject({
    code: 'invalid',
    fields: { pipeline_capabilities: ['Invalid pk - object does not exist.'] },
  })
  expect((await choose(t.services, IMPUTED.id)).pipelineCapabilities).toBe(IMPUTED.id)
  // The panel was taken away since: saving the project must still be possible.
  const without = { ...t.services, capabilities: PIPELINE_CAPABILITIES }
  expect((await choose(without, IMPUTED.id)).pipelineCapabilities).toBe(IMPUTED.id)
})

test('The id of a capability follows from its panel alone, and is a UUID', () => {
  expect(capabilityOfPanel({ ...PANEL, licence: 'another' }).id).toBe(IMPUTED.id)
  expect(capabilityOfPanel({ ...PANEL, version: '2' }).id).not.toBe(IMPUTED.id)
  expect(IMPUTED.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('A process without a panel takes no imputation; one with a panel as many at once as it may', () => {
  const workers = (panels: string[], batch = 1) =>
    policiesFor({ imputation: { ...t.services.env.imputation, panels, processes: 3, batch } })[
      'run-imputation'
    ].workers
  expect(workers([])).toBe(0)
  expect(workers(['/panel'])).toBe(3)
  // Every sample of a batch has a job of its own.
  expect(workers(['/panel'], 10)).toBe(30)
})
