import { spawnSync } from 'node:child_process'
import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PlannedGenotype } from '#lib/genotype/fixtures/export-plan.ts'
import { runLeashed } from '#lib/platform/leash/run-leashed.ts'
import { createScratch } from '#lib/platform/storage/scratch.ts'
import { createThreads } from '#lib/platform/threads.ts'
import {
  anImputationTask,
  aReading,
  type ImputedRecord,
  readImputed,
} from '#lib/testing/imputed-export-for-tests.ts'
import { aPanel, BEAGLE_JAR, beagleIsHere, PANEL_PLAN } from '#lib/testing/panel-for-tests.ts'
import type { AnalysisOutcome, AnalysisTask, Analyzer } from '../analyzer.ts'
import { createImputationAnalyzer } from './create-imputation-analyzer.ts'
import { createBeagle } from './engine/create-beagle.ts'
import { type Person, type SyntheticPanel, synthesizePanel } from './fixtures/synthesize-panel.ts'
import type { Panel } from './panel/read-panel.ts'

if (!beagleIsHere()) test.skip('imputing with the real engine: no Beagle or no Java here')

/** Non-reference discordance of common untyped sites: the bound that the documentation states. */
const NRD_MAX = 0.07
const never = new AbortController().signal

describe.runIf(beagleIsHere())('an export imputed by Beagle', () => {
  let folder: string
  let panel: SyntheticPanel
  let packed: Panel
  let analyse: Analyzer
  const man = { seed: 77, sex: 'male' as const }
  let done: { task: AnalysisTask; outcome: AnalysisOutcome; person: Person; typed: number[] }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-imputed-'))
    const made = await aPanel(folder)
    panel = made.panel
    packed = made.package
    const settings = { java: 'java', beagleJar: BEAGLE_JAR, memoryMegabytes: 256 }
    const engine = await createBeagle({ runLeashed, searchPath: process.env.PATH!, settings })
    const scratch = createScratch(path.join(folder, 'scratch'))
    const threads = createThreads({ threadsMax: 1, codeCache: path.join(folder, 'code') })
    analyse = createImputationAnalyzer({ engine, panels: [packed], threads, scratch })
    const { person, typed, genotypes } = aReading(panel, man.seed, man.sex)
    const task = await anImputationTask({ folder, panel: packed, genotypes: withNoCalls(genotypes) })
    done = { task, person, typed, outcome: await analyse(task, never) }
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const pathOf = ({ files }: AnalysisOutcome, fileType: string) =>
    files.find((file) => file.fileType === fileType)!.path

  test('has every site of the panel once and in order, typed genotypes as they were, all else marked', async () => {
    const { records } = await readImputed(pathOf(done.outcome, 'impute-vcf'))
    const sites = packed.manifest.regions.reduce((sum, region) => sum + region.sites, 0)
    expect(records).toHaveLength(sites)
    const called = new Map(
      withNoCalls(aReading(panel, man.seed, man.sex).genotypes).map((row) => [keyOf(row), row.alleles]),
    )
    let typed = 0
    for (const record of records) {
      const row = called.get(`${record.contig} ${record.position}`)
      const isTyped = row !== undefined && row[0] !== undefined
      expect(record.flag, `${record.contig}:${record.position}`).toBe(isTyped ? 'TYPED' : 'IMP')
      if (!isTyped) continue
      typed++
      expect([...lettersOf(record)].sort()).toEqual([...row].sort())
    }
    expect(typed).toBe(done.outcome.qc.imputation!.typed)
    expect(typed).toBeGreaterThan(1_500)
  })

  test('is right about untyped common sites, and says so of itself', async () => {
    const { records } = await readImputed(pathOf(done.outcome, 'impute-vcf'))
    expect(
      discordance(
        records.filter(({ contig }) => contig !== 'X'),
        done.person,
      ),
    ).toBeLessThanOrEqual(NRD_MAX)
    expect(
      discordance(
        records.filter(({ contig }) => contig === 'X'),
        done.person,
      ),
    ).toBeLessThanOrEqual(NRD_MAX * 2)
    const { masked } = done.outcome.qc.imputation!
    expect(masked!.regions.sort()).toEqual(['20', '22'])
    expect(masked!.concordance).toBeGreaterThan(0.9)
    expect(masked!.dosageR2).toBeGreaterThan(0.8)
    expect(done.outcome.checks.map(({ key, status }) => [key, status])).toEqual([
      ['impute_overlap', 'succeeded'],
      ['impute_strand', 'succeeded'],
      ['impute_mismatch', 'succeeded'],
      ['impute_chunk_gaps', 'succeeded'],
      ['impute_masked_concordance', 'succeeded'],
      ['impute_x', 'succeeded'],
    ])
  })

  test('has one copy of a man’s X and two of its pseudoautosomal part, with probabilities that fit', async () => {
    const { records } = await readImputed(pathOf(done.outcome, 'impute-vcf'))
    const onX = records.filter(({ contig }) => contig === 'X')
    for (const { position, genotype, probabilities, dosage } of onX) {
      const copies = position <= 2_699_520 ? 2 : 1
      expect(genotype).toMatch(copies === 1 ? /^[01]$/ : /^[01]\|[01]$/)
      expect(probabilities).toHaveLength(copies + 1)
      expect(probabilities.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 1)
      expect(dosage).toBeLessThanOrEqual(copies)
    }
  })

  test('names panel, engine and what it is in its header, and neither time nor path; its index finds any place', async () => {
    const vcf = pathOf(done.outcome, 'impute-vcf')
    const { header } = await readImputed(vcf)
    const text = header.join('\n')
    expect(text).toContain(`##arraydrop_panel=${packed.id}`)
    expect(text).toMatch(/##arraydrop_engine=Beagle 5\.\d+ \(\S+\)/)
    expect(text).toContain('estimates, not measurements. Not for medical decisions.')
    expect(text).not.toContain(folder)
    expect(text).not.toContain('DR2')
    const { TabixIndexedFile } = await import('@gmod/tabix')
    const file = new TabixIndexedFile({ path: vcf, tbiPath: pathOf(done.outcome, 'impute-tbi') })
    const { records } = await readImputed(vcf)
    for (const at of [0, 1_000, 2_500, 4_000, 4_700, records.length - 1]) {
      const { contig, position } = records[at]!
      const found: string[] = []
      await file.getLines(contig, position - 1, position, (line) => found.push(line))
      expect(found.map((line) => line.split('\t')[1])).toEqual([String(position)])
    }
  })

  test('is what bcftools takes for a sound, sorted and indexed file, where bcftools is', async () => {
    const vcf = path.join(folder, 'plain.vcf.gz')
    await copyFile(pathOf(done.outcome, 'impute-vcf'), vcf)
    await copyFile(pathOf(done.outcome, 'impute-tbi'), `${vcf}.tbi`)
    const counted = spawnSync('bcftools', ['index', '-s', vcf], { encoding: 'utf8' })
    if (counted.error) return
    expect(counted.stderr).toBe('')
    const found = counted.stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t'))
    expect(found.map(([contig]) => contig)).toEqual(['20', '22', 'X'])
    const { records } = await readImputed(vcf)
    expect(found.reduce((sum, columns) => sum + Number(columns[2]), 0)).toBe(records.length)
    const viewed = spawnSync('bcftools', ['view', '-H', vcf, 'X:50500000-50600000'], { encoding: 'utf8' })
    expect(viewed.stderr).toBe('')
    const here = records.filter(
      ({ contig, position }) => contig === 'X' && position >= 50_500_000 && position <= 50_600_000,
    )
    expect(viewed.stdout.trim().split('\n')).toHaveLength(here.length)
  })

  test('is the same bytes when it is imputed again, from nothing', async () => {
    const { genotypes } = aReading(panel, man.seed, man.sex)
    const again = await anImputationTask({ folder, panel: packed, genotypes: withNoCalls(genotypes) })
    await rm(path.join(folder, 'scratch', `${done.task.sampleId}-kept-impute`), { recursive: true })
    const fresh = await analyse({ ...again, sampleId: done.task.sampleId, input: done.task.input }, never)
    for (const fileType of ['impute-vcf', 'impute-tbi']) {
      const bytes = await readFile(pathOf(done.outcome, fileType))
      expect((await readFile(pathOf(fresh, fileType))).equals(bytes), fileType).toBe(true)
    }
  })

  test('leaves nothing of the engine behind', async () => {
    const kept = await readdir(path.join(folder, 'scratch', `${done.task.sampleId}-kept-impute`))
    expect(kept.filter((name) => name.endsWith('.engine'))).toEqual([])
  })

  test('of a woman of another ancestry has two copies of X, and is noticed not to fit the panel', async () => {
    const elsewhere = synthesizePanel({ ...PANEL_PLAN, population: 1 })
    const { genotypes } = aReading(elsewhere, 78, 'female')
    const plan = { sex: 'female' as const }
    const outcome = await analyse(await anImputationTask({ folder, panel: packed, genotypes, plan }), never)
    const { records } = await readImputed(pathOf(outcome, 'impute-vcf'))
    for (const { genotype } of records) expect(genotype).toMatch(/^[01]\|[01]$/)
    expect(outcome.qc.imputation!.xMixed).toBe(0)
    const failed = outcome.checks.filter(({ status }) => status === 'failed')
    expect(failed.map(({ key }) => key)).toEqual(['impute_masked_concordance'])
    expect(failed[0]!.note).toMatch(
      /^impute_masked_concordance: [1-8]\d\.\d % of the hidden markers came back as they were; /,
    )
  })

  test('needs more memory than it is given: that is what is said', async () => {
    const { qc } = done.outcome
    const small = { java: 'java', beagleJar: BEAGLE_JAR, memoryMegabytes: 4 }
    const engine = await createBeagle({ runLeashed, searchPath: process.env.PATH!, settings: small })
    const threads = createThreads({ threadsMax: 1, codeCache: path.join(folder, 'code') })
    const scratch = createScratch(path.join(folder, 'scratch-of-little'))
    const starved = createImputationAnalyzer({ engine, panels: [packed], threads, scratch })
    const outcome = await starved(done.task, never)
    expect(outcome.checks).toMatchObject([
      { key: 'imputation', status: 'skipped', note: expect.stringMatching(/out of memory/) },
    ])
    expect(qc.imputation!.peakMegabytes).toBeGreaterThan(50)
  })

  /** By the rarer allele, of common sites that were imputed. */
  function discordance(records: readonly ImputedRecord[], person: Person): number {
    const truth = new Map(
      panel.sites.map((site, at) => [keyOf({ code: site.chromosome, position: site.position }), at] as const),
    )
    let pairs = 0
    let differ = 0
    for (const { contig, position, flag, genotype } of records) {
      const at = truth.get(`${contig} ${position}`)!
      const frequency = panel.frequency[at]!
      if (flag !== 'IMP' || Math.min(frequency, 1 - frequency) < 0.05) continue
      const count = (alleles: number[]) => alleles.reduce((sum, allele) => sum + allele, 0)
      const [have, want] = [count(genotype.split('|').map(Number)), count(person.alleles[at]!)]
      const common = frequency > 0.5 ? person.alleles[at]!.length : 0
      if (have === common && want === common) continue
      pairs++
      if (have !== want) differ++
    }
    expect(pairs).toBeGreaterThan(100)
    return differ / pairs
  }
})

const keyOf = ({ code, position }: Pick<PlannedGenotype, 'code' | 'position'>) =>
  `${code === 23 ? 'X' : code} ${position}`

/** Some rows without a call, as every export has. */
const withNoCalls = (genotypes: readonly PlannedGenotype[]): PlannedGenotype[] =>
  genotypes.map((row, at) => (at % 60 === 7 ? { ...row, alleles: [] } : row))

const lettersOf = ({ genotype, reference, alternate }: ImputedRecord): string[] =>
  genotype.split('|').map((allele) => (allele === '1' ? alternate : reference))
