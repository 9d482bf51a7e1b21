import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { ExportPlan } from '#lib/genotype/fixtures/export-plan.ts'
import { packZip } from '#lib/genotype/fixtures/pack-zip.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'
import { createThreads, type ThreadOutcome, type Threads } from '#lib/platform/threads.ts'
import { isProblem } from '#lib/problem.ts'
import { ProjectSettings } from '#lib/projects/project.ts'
import { FILE_TYPES } from '#lib/samples/deliverable.ts'
import type { AnalysisTask } from '../analyzer.ts'
import { createArrayAnalyzer } from './create-array-analyzer.ts'
import { plainRows } from './export-for-tests.ts'
import { readExport } from './read-export.ts'
import { writeReference } from './reference-for-tests.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-analyzer-'))
afterAll(() => rm(folder, { recursive: true }))

const PLAN: ExportPlan = { vendor: '23andme', rows: 4_000, seed: 81 }
const threads = createThreads({ threadsMax: 1, codeCache: path.join(folder, 'code') })
const never = new AbortController().signal

/** A task on an accepted export, as its run would be given it. */
async function taskOn(plan: ExportPlan): Promise<AnalysisTask> {
  const own = await mkdtemp(path.join(folder, 'run-'))
  const { innerName, text, truth } = synthesizeExport(plan)
  const original = path.join(own, 'original.zip')
  await writeFile(original, await packZip([{ name: innerName, bytes: text }]))
  const { summary } = await readExport(original, truth.rows)
  const made = path.join(own, 'made')
  await mkdir(made)
  return {
    runId: 'run',
    attempt: 1,
    projectId: 'project',
    before: { qc: {}, checks: [], files: [] },
    sampleId: 'sample',
    // As it comes back from the database.
    input: JSON.parse(JSON.stringify({ kind: 'array', storageKey: 'key', vendor: plan.vendor, summary })),
    settings: ProjectSettings.parse({}),
    original,
    folder: made,
  }
}

const LIKENESS = { kid: 'k', key: new Uint8Array(32).fill(7) }
const analyzerIn = (threads: Threads, referenceFasta?: string) =>
  createArrayAnalyzer(threads, { referenceFasta, secrets: { keysFor: () => [LIKENESS] } })

/** What a promise rejects with. */
const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

test('a real thread makes every deliverable that genotypes are in, and answers the numbers of the verification', async () => {
  const task = await taskOn(PLAN)
  const referenceFasta = path.join(folder, 'reference.fa')
  const places = plainRows(PLAN.vendor, synthesizeExport(PLAN).text)
  writeReference(referenceFasta, { build: 37, contigs: [['chr21', 21]], places })
  const { qc, files } = await analyzerIn(threads, referenceFasta)(task, never)
  expect(qc).toEqual({
    vendor: '23andme',
    summary: task.input.summary,
    vcf: expect.objectContaining({ written: true }),
  })
  const types = [
    'array-zip',
    'plink-bed',
    'plink-bim',
    'plink-fam',
    'genotypes-tsv',
    'genotypes-vcf',
    'genotypes-tbi',
  ]
  expect(files.map(({ fileType }) => fileType)).toEqual(types)
  for (const { fileType, extension, path: made } of files) {
    expect(extension).toBe(FILE_TYPES[fileType as keyof typeof FILE_TYPES].extension)
    expect((await stat(made)).size, fileType).toBeGreaterThan(0)
    expect(made === task.original || path.dirname(made) === task.folder, fileType).toBe(true)
  }
})

test('a sketch is made for a project that looks for the same person twice, and for no other', async () => {
  const task = await taskOn(PLAN)
  expect(await analyzerIn(threads)(task, never)).not.toHaveProperty('sketch')
  const settings = ProjectSettings.parse({ findSamePerson: true })
  const { sketch } = await analyzerIn(threads)({ ...task, settings }, never)
  expect(sketch).toMatchObject({ kid: 'k', bytes: expect.any(Uint8Array) })
})

test('a full export goes through, row by row', { timeout: 60_000, tags: 'torture' }, async () => {
  const task = await taskOn({ vendor: 'ancestrydna', chip: 'v2', rows: 677_436, seed: 82, sex: 'female' })
  const { files } = await analyzerIn(threads)(task, never)
  const bed = files.find(({ fileType }) => fileType === 'plink-bed')
  expect((await stat(bed!.path)).size).toBe(3 + 677_436)
})

describe('a file that is not what its verification read is no result, and is tried again', () => {
  const failure = async (change: (task: AnalysisTask) => void | Promise<void>): Promise<unknown> => {
    const task = await taskOn(PLAN)
    await change(task)
    return failureOf(analyzerIn(threads)(task, never))
  }

  test('other numbers', async () => {
    const error = await failure(({ input }) => {
      input.summary.byChromosome['5']!.heterozygous++
    })
    expect(error).toMatchObject({ message: 'The file does not read as its verification did' })
  })

  test('more rows', async () => {
    const error = await failure(({ input }) => {
      input.summary.rows--
    })
    expect(error).toMatchObject({ message: 'The file has more rows than its verification counted' })
  })

  test('any byte of the text, with no content in the message and nothing final about it', async () => {
    const { innerName } = synthesizeExport(PLAN)
    for (const share of [0.2, 0.5, 0.8]) {
      const error = await failure(async ({ original }) => {
        const bytes = await readFile(original)
        bytes[Math.floor(bytes.length * share)]! ^= 0xff
        await writeFile(original, bytes)
      })
      expect(error).toBeInstanceOf(Error)
      expect(isProblem(error)).toBe(false)
      expect(String(error)).not.toMatch(/\brs\d|\bi\d{4}/)
      expect(String(error)).not.toContain(innerName)
    }
  })

  test('a file that is gone', async () => {
    expect(await failure(({ original }) => rm(original))).toMatchObject({ code: 'ENOENT' })
  })
})

test('an abort ends the thread, and the next run has its place', async () => {
  const task = await taskOn(PLAN)
  const abort = new AbortController()
  const analyse = analyzerIn(threads)
  const run = failureOf(analyse(task, abort.signal))
  abort.abort(new Error('canceled'))
  expect(await run).toMatchObject({ message: 'canceled' })
  expect((await analyse(task, never)).files).toHaveLength(5)
})

test('a run is safe to start again in the folder that a killed one left', async () => {
  const task = await taskOn(PLAN)
  const analyse = analyzerIn(threads)
  const { files } = await analyse(task, never)
  const contents = () => Promise.all(files.map((file) => readFile(file.path)))
  const before = await contents()
  for (const file of files.slice(1)) await writeFile(file.path, Buffer.alloc(5_000_000, 0x58))
  await analyse(task, never)
  expect(await contents()).toEqual(before)
})

test.each(['timeout', 'out_of_memory'] as const)(
  'an analysis that ends by %s is tried again',
  async (end) => {
    const ended: Threads = { run: async (): Promise<ThreadOutcome> => ({ end }) }
    const error = await failureOf(analyzerIn(ended)(await taskOn(PLAN), never))
    expect(error).toMatchObject({
      note: `service_unavailable: the analysis ended by ${end} each time it was tried.`,
    })
    expect(isProblem(error)).toBe(false)
  },
)
