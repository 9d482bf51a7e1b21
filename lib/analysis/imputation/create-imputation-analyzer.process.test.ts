import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PlannedGenotype } from '#lib/genotype/fixtures/export-plan.ts'
import { createScratch } from '#lib/platform/storage/scratch.ts'
import { createThreads, type Threads } from '#lib/platform/threads.ts'
import { isProblem } from '#lib/problem.ts'
import { type FakeEngine, fakeEngine } from '#lib/testing/fake-engine.ts'
import { anImputationTask, aReading, readImputed } from '#lib/testing/imputed-export-for-tests.ts'
import { prepareWithoutJava, writePanelSources } from '#lib/testing/panel-for-tests.ts'
import type { AnalysisTask } from '../analyzer.ts'
import type { RunNote } from '../run.ts'
import { isTryAgain } from '../try-again.ts'
import { createImputationAnalyzer } from './create-imputation-analyzer.ts'
import { EngineFailure, type EngineFailureKind } from './engine/engine.ts'
import type { SyntheticPanel } from './fixtures/synthesize-panel.ts'
import { doTask, type NamedTask } from './imputation-tasks.ts'
import type { Panel } from './panel/read-panel.ts'

const never = new AbortController().signal
let folder: string
let panel: SyntheticPanel
let packed: Panel
let engine: FakeEngine
let genotypes: readonly PlannedGenotype[]

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-fake-imputed-'))
  const sources = await writePanelSources(folder)
  panel = sources.panel
  packed = await prepareWithoutJava(folder, sources.wish)
  genotypes = aReading(panel, 77).genotypes
})
afterAll(() => rm(folder, { recursive: true, force: true }))
beforeEach(() => {
  engine = fakeEngine()
})

/** The tasks of threads without the threads, which cost more than everything else here. */
const inPlace: Threads = {
  run: async (_file, task) => ({ end: 'answered', answer: await doTask(task as NamedTask) }),
}

const analyse = (task: AnalysisTask, { signal = never, panels = [packed], threads = inPlace } = {}) => {
  const scratch = createScratch(path.join(folder, 'scratch'))
  return createImputationAnalyzer({ engine, panels, threads, scratch })(task, signal)
}
const aTask = (more: Partial<Parameters<typeof anImputationTask>[0]> = {}) =>
  anImputationTask({ folder, panel: packed, genotypes, ...more })
const failureOf = (running: Promise<unknown>): Promise<unknown> =>
  running.then(
    () => Promise.reject(new Error('It went well')),
    (error: unknown) => error,
  )
const namesOf = () => engine.jobs.map(({ target }) => path.basename(target))
/** Regions of a man’s export, and the two that are imputed once more with hidden markers. */
const ALL = [
  '20.target.vcf',
  '22.target.vcf',
  'X-PAR1.target.vcf',
  'X.target.vcf',
  '20.masked.vcf',
  '22.masked.vcf',
]

describe('an export of a project that imputes', () => {
  test('becomes a file, checks and figures, region by region, and says how far it is', async () => {
    const notes: RunNote[] = []
    const task = await aTask()
    const threads = createThreads({ threadsMax: 1, codeCache: path.join(folder, 'code') })
    const outcome = await analyse({ ...task, note: async (note) => void notes.push(note) }, { threads })
    expect(outcome.files.map(({ fileType }) => fileType)).toEqual(['impute-vcf', 'impute-tbi'])
    expect(namesOf().sort()).toEqual([...ALL].sort())
    const report = outcome.qc.imputation!
    expect(report).toMatchObject({ why: null, panel: { id: packed.id }, engine: 'Fake 1', cpuSeconds: 6 })
    expect(report.typed).toBe(report.regions.reduce((sum, { markers }) => sum + markers, 0))
    expect(notes[0]).toEqual({ panelId: packed.id })
    expect(notes.flatMap(({ progress }) => progress?.stepsDone ?? [])).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(notes.at(-1)).toEqual({ cpuSeconds: 6 })
    // Everybody homozygous for REF is not what anybody is.
    expect(outcome.checks.find(({ key }) => key === 'impute_masked_concordance')).toMatchObject({
      status: 'failed',
    })
    const { records } = await readImputed(outcome.files[0]!.path)
    expect(records).toHaveLength(report.sites)
  })

  test('costs nothing where the project does not impute', async () => {
    const task = await aTask()
    const { imputation: _, ...input } = task.input
    expect(await analyse({ ...task, input })).toEqual({ qc: {}, checks: [], files: [] })
    expect(engine.jobs).toEqual([])
  })

  test('is never given to the engine with a name, a no-call or letters that the panel lacks', async () => {
    const targets: string[] = []
    engine.before = async ({ target }) => void targets.push(await readFile(target, 'utf8'))
    const faulty = genotypes.map((row, at) =>
      at % 50 === 3 ? { ...row, alleles: [] } : at % 50 === 4 ? { ...row, alleles: ['D', 'I'] } : row,
    )
    await analyse(await aTask({ genotypes: faulty }))
    for (const target of targets) {
      expect(target).toContain('FORMAT\tsample\n')
      const rows = target.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
      for (const row of rows)
        expect(row).toMatch(
          /^(?:20|22|X)\t\d+\t\.\t[ACGT]\t[ACGT]\t\.\tPASS\t\.\tGT\t(?:[01]|0\/0|0\/1|1\/1)$/,
        )
    }
  })

  test.each<[string, (row: PlannedGenotype) => PlannedGenotype, string]>([
    ['on the other strand', (row) => ({ ...row, alleles: row.alleles.map(complement) }), 'impute_strand'],
    ['with other letters', (row) => ({ ...row, alleles: oneOfEachStrand(row.alleles) }), 'impute_mismatch'],
  ])('with some of its rows %s fails that check, and says so', async (_fault, change, key) => {
    const faulty = genotypes.map((row, at) => (at % 33 === 0 ? change(row) : row))
    const { checks } = await analyse(await aTask({ genotypes: faulty }))
    const check = checks.find((one) => one.key === key)
    expect(check).toMatchObject({
      status: 'failed',
      expected: 0.01,
      note: expect.stringMatching(new RegExp(`^${key}: .* %`)),
    })
  })
})

describe('nothing is imputed, and the sample says why,', () => {
  test.each([
    ['on build 36', { plan: { build: 36 as const, vendor: '23andme' as const } }, /another reference build/],
    ['with few of its rows in the panel', { genotypes: [] }, /too few of the rows/],
    ['with few markers', { few: true }, /too few markers/],
  ])(
    'of an export %s',
    async (_what, { few, ...wish }: { few?: boolean } & Parameters<typeof aTask>[0], words) => {
      const task = await aTask(few ? { genotypes: genotypes.filter((_, at) => at % 3 === 0) } : wish)
      const outcome = await analyse(task)
      expect(outcome.files).toEqual([])
      expect(outcome.checks).toMatchObject([
        { key: 'imputation', status: 'skipped', note: expect.stringMatching(words) },
      ])
      expect(engine.jobs).toEqual([])
      const failure = await failureOf(
        analyse({ ...task, settings: { ...task.settings, imputationRequired: true } }),
      )
      expect(isProblem(failure)).toBe(true)
      expect(failure).toMatchObject({ message: expect.stringMatching(words) })
    },
  )
})

describe('an attempt that broke off', () => {
  test('goes on with the region at which it did, and comes to the same bytes', async () => {
    const task = await aTask()
    engine.before = async ({ target }) => {
      if (target.endsWith('X.target.vcf')) throw new Error('killed')
    }
    expect(await failureOf(analyse(task))).toMatchObject({ message: 'killed' })
    engine.before = async () => {}
    engine.jobs = []
    const { files } = await analyse(task)
    expect(namesOf().sort()).toEqual(['20.masked.vcf', '22.masked.vcf', 'X.target.vcf'])
    const resumed = await readFile(files[0]!.path)
    engine.jobs = []
    const again = await analyse(task)
    expect(engine.jobs).toEqual([])
    expect((await readFile(again.files[0]!.path)).equals(resumed)).toBe(true)
    await rm(path.join(folder, 'scratch', `${task.sampleId}-kept-impute`), { recursive: true })
    const fresh = await analyse(task)
    expect((await readFile(fresh.files[0]!.path)).equals(resumed)).toBe(true)
  })

  test('starts anew with another panel, another engine, or a damaged region', async () => {
    const task = await aTask()
    await analyse(task)
    engine.jobs = []
    await writeFile(path.join(folder, 'scratch', `${task.sampleId}-kept-impute`, '22.body'), 'short')
    await analyse(task)
    expect(namesOf()).toEqual(['22.target.vcf'])
    engine.jobs = []
    engine.name = 'Fake 2'
    await analyse(task)
    expect(namesOf()).toHaveLength(ALL.length)
  })

  test('by an abort leaves no engine’s folder behind', async () => {
    const task = await aTask()
    const abort = new AbortController()
    engine.before = async () => abort.abort(new Error('canceled'))
    expect(await failureOf(analyse(task, { signal: abort.signal }))).toMatchObject({ message: 'canceled' })
    const kept = await readdir(path.join(folder, 'scratch', `${task.sampleId}-kept-impute`))
    expect(kept.filter((name) => name.endsWith('.engine'))).toEqual([])
  })
})

describe('an engine that fails', () => {
  const failing = (kind: EngineFailureKind, times = 99) => {
    engine.before = async () => {
      if (times-- > 0) throw new EngineFailure(kind, kind)
    }
  }

  test('once by hanging is tried again, and once by memory is given twice as much', async () => {
    failing('stalled', 1)
    expect((await analyse(await aTask())).files).toHaveLength(2)
    engine = fakeEngine()
    failing('memory', 1)
    expect((await analyse(await aTask())).files).toHaveLength(2)
    expect(engine.jobs.slice(0, 3).map(({ memoryMegabytes }) => memoryMegabytes)).toEqual([100, 200, 100])
  })

  test.each([
    ['stalled', /hung or took too long, twice/],
    ['memory', /IMPUTATION_MEMORY_MB/],
  ] as const)(
    'for good by %s leaves the sample without, or fails it where imputation is required',
    async (kind, words) => {
      failing(kind)
      const task = await aTask()
      const { files, checks } = await analyse(task)
      expect(files).toEqual([])
      expect(checks).toMatchObject([
        { key: 'imputation', status: 'skipped', note: expect.stringMatching(words) },
      ])
      const failure = await failureOf(
        analyse({ ...task, settings: { ...task.settings, imputationRequired: true } }),
      )
      expect(failure).toMatchObject({ message: expect.stringMatching(words) })
      expect(isProblem(failure)).toBe(true)
    },
  )

  test.each(['missing', 'disk', 'killed'] as const)('by %s is waited for', async (kind) => {
    failing(kind)
    expect(isTryAgain(await failureOf(analyse(await aTask())))).toBe(true)
  })

  test('by refusing what we gave it is our fault, and no verdict on the sample', async () => {
    failing('faulty')
    const failure = await failureOf(analyse(await aTask()))
    expect(isProblem(failure) || isTryAgain(failure)).toBe(false)
  })

  test.each([
    ['leaves out a site', (line: string) => (/^20\t2000/.test(line) ? '' : line)],
    [
      'changes a typed genotype',
      (line: string) => (line.includes('IMP') ? line : line.replace('0|0:0:1,0,0', '1|1:2:0,0,1')),
    ],
    [
      'imputes a typed marker',
      (line: string) => line.replace('DR2=1.00;AF=0.5000', 'DR2=1.00;AF=0.5000;IMP'),
    ],
    ['calls a site typed that was not', (line: string) => line.replace(';IMP', '')],
    ['turns REF and ALT', (line: string) => line.replace(/\t([ACGT])\t([ACGT])\t/, '\t$2\t$1\t')],
    ['writes another form', (line: string) => line.replace('GT:DS:GP', 'GT:DS')],
  ])('by one that %s is noticed, and nothing is made', async (_what, edit) => {
    engine.edit = edit
    expect(await failureOf(analyse(await aTask()))).toMatchObject({
      message: expect.stringMatching(/engine/),
    })
  })
})

describe('the panel of a project', () => {
  test('that is not configured here, or was changed since, is waited for', async () => {
    const task = await aTask()
    expect(isTryAgain(await failureOf(analyse(task, { panels: [] })))).toBe(true)
    const changed = { ...packed, id: 'synthetic/1@000000000000' }
    expect(isTryAgain(await failureOf(analyse(task, { panels: [changed] })))).toBe(true)
    expect(engine.jobs).toEqual([])
  })

  test('that loses a file in the middle of a run stops the run', async () => {
    const task = await aTask()
    const map = path.join(packed.folder, 'X.map')
    const text = await readFile(map)
    engine.before = async () => void (await rm(map, { force: true }))
    expect(await failureOf(analyse(task))).toMatchObject({ message: expect.stringMatching(/X\.map/) })
    await writeFile(map, text)
  })
})

const COMPLEMENTS: Record<string, string> = { A: 'T', C: 'G', G: 'C', T: 'A' }
const complement = (letter: string): string => COMPLEMENTS[letter]!

/** A letter and its complement: no pair of letters but A/T and C/G has both. */
const oneOfEachStrand = ([first = '', ...rest]: readonly string[]): string[] =>
  rest.length === 0 ? [first] : [first, complement(first)]
