import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import {
  copyFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  statfs,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PlannedGenotype } from '#lib/genotype/fixtures/export-plan.ts'
import { createScratch } from '#lib/platform/storage/scratch.ts'
import { createThreads, type Threads } from '#lib/platform/threads.ts'
import { provideServices } from '#lib/services.ts'
import { receiveUpload } from '#lib/sessions/upload/receive-upload.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import { callRoute } from '#lib/testing/call-route.ts'
import {
  BEAGLE_JAR,
  countedMinimac4,
  heldEngine,
  REAL_ENGINES,
  realEngine,
} from '#lib/testing/engines-for-tests.ts'
import {
  anImputationTask,
  aReading,
  type ImputedRecord,
  readImputed,
} from '#lib/testing/imputed-export-for-tests.ts'
import { aPanel, PANEL_PLAN } from '#lib/testing/panel-for-tests.ts'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
// Plain JavaScript: the runner uses the same.
import { findProgram } from '../../../bin/testing/find-programs.mjs'
import type { AnalysisOutcome, AnalysisTask, Analyzer } from '../analyzer.ts'
import { runAnalysis } from '../run-analysis.ts'
import { createImputationAnalyzer } from './create-imputation-analyzer.ts'
import type { EngineFailure, ImputationEngine } from './engine/engine.ts'
import { type Person, type SyntheticPanel, synthesizePanel } from './fixtures/synthesize-panel.ts'
import type { Panel } from './panel/read-panel.ts'

for (const { name } of REAL_ENGINES.filter(({ isHere }) => !isHere))
  test.skip(`imputing with the real engine: ${name} is not here`)

/** Non-reference discordance of common untyped sites: the bound that the documentation states. */
const NRD_MAX = 0.07
const never = new AbortController().signal

const canMount = tryMount()
if (!canMount) test.skip('imputing on a disk that is full: no small disk can be mounted here')
const here = REAL_ENGINES.filter(({ isHere }) => isHere)
let folder: string
let panel: SyntheticPanel
let packed: Panel
let threads: Threads

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-imputed-'))
  if (here.length === 0) return
  threads = createThreads({ threadsMax: 1, codeCache: path.join(folder, 'code'), keepSeconds: 30 })
  const made = await aPanel(folder)
  panel = made.panel
  packed = made.package
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** An engine that nobody reaches alone: each call waits until all people who have not left wait in one, however slow they are. */
function arrivingTogether(engine: ImputationEngine, people: number) {
  const waiting: (() => void)[] = []
  let present = people
  const meet = () => {
    if (waiting.length >= present) for (const go of waiting.splice(0)) go()
  }
  const impute: ImputationEngine['impute'] = async (job, signal) => {
    const arrived = new Promise<void>((resolve) => waiting.push(resolve))
    meet()
    await arrived
    return engine.impute(job, signal)
  }
  const leave = () => {
    present -= 1
    meet()
  }
  return { engine: { ...engine, impute }, leave }
}

/** What the interface promises for every engine is shown with the first; `npm run torture` shows it with each. */
const tagsOf = (name: string) => (name === 'beagle' ? [] : ['torture'])

for (const { name, named, output } of here)
  describe(`an export imputed by ${name}`, { tags: tagsOf(name) }, () => {
    let own: string
    let engine: ImputationEngine
    let analyse: Analyzer
    const man = { seed: 77, sex: 'male' as const }
    let done: { task: AnalysisTask; outcome: AnalysisOutcome; person: Person; typed: number[] }

    beforeAll(async () => {
      own = path.join(folder, name)
      await mkdir(own)
      engine = await realEngine(name)
      analyse = analyzerOf(engine, path.join(own, 'scratch'))
      const { person, typed, genotypes } = aReading(panel, man.seed, man.sex)
      const task = await anImputationTask({ folder: own, panel: packed, genotypes: withNoCalls(genotypes) })
      done = { task, person, typed, outcome: await analyse(task, never) }
    })

    function analyzerOf(using: ImputationEngine, scratchFolder: string): Analyzer {
      const scratch = createScratch(scratchFolder)
      return createImputationAnalyzer({ engine: using, panels: [packed], threads, scratch })
    }

    /** What an attempt left of the sample in a scratch of its own, as if it had been ended before a region. */
    async function withoutRegion(region: string): Promise<{ scratch: string; kept: string }> {
      const scratch = await mkdtemp(path.join(own, 'again-'))
      const kept = path.join(scratch, `${done.task.sampleId}-kept-impute`)
      await cp(path.join(own, 'scratch', path.basename(kept)), kept, {
        recursive: true,
        preserveTimestamps: true,
      })
      for (const file of [`${region}.target.vcf.json`, `${region}.body`]) await rm(path.join(kept, file))
      return { scratch, kept }
    }

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
      expect(text).toContain(`##arraydrop_engine=${engine.name}\n`)
      expect(engine.name).toMatch(named)
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
      const vcf = path.join(own, 'plain.vcf.gz')
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

    test('killed in the middle of a region, is resumed at that region, and has the same bytes', async () => {
      const { scratch, kept } = await withoutRegion('22')
      const { programs, hold, held } = await heldEngine(name, { folder: scratch, region: '22' })
      await writeFile(hold, '')
      const taskFile = path.join(scratch, 'task.json')
      await writeFile(taskFile, JSON.stringify(done.task))
      const program = path.join(import.meta.dirname, '../../testing/impute-in-process.ts')
      const args = [program, name, JSON.stringify(programs), packed.folder, taskFile, scratch]
      const worker = spawn(process.execPath, args, { stdio: 'inherit' })
      await expect.poll(() => readFile(held, 'utf8'), { timeout: 60_000 }).toMatch(/^\d+\n$/)
      // The engine's work is there, and not taken for done.
      expect((await stat(path.join(kept, '22.target.vcf.engine', output))).size).toBeGreaterThan(1_000)
      worker.kill('SIGKILL')
      await expectGone(Number(await readFile(held, 'utf8')))
      expect(await readdir(kept)).not.toContain('22.target.vcf.json')

      const others = async () => (await stat(path.join(kept, '20.target.vcf.json'))).mtimeMs
      const before = await others()
      const resumed = await analyzerOf(engine, scratch)(done.task, never)
      expect(await others()).toBe(before)
      for (const fileType of ['impute-vcf', 'impute-tbi']) {
        const again = await readFile(pathOf(resumed, fileType))
        const bytes = await readFile(pathOf(done.outcome, fileType))
        expect(again.equals(bytes), fileType).toBe(true)
      }
      expect((await readdir(kept)).filter((file) => file.endsWith('.engine'))).toEqual([])
    })

    test('canceled or deleted by the API in the middle of a region, leaves no program and nothing of the sample', {
      tags: 'torture',
    }, async () => {
      const t = await testServices()
      provideServices(t.services)
      try {
        for (const method of ['POST', 'DELETE']) {
          const { run, sampleId, projectId, kept, held } = await heldRun(t)
          await expect.poll(() => readFile(held, 'utf8'), { timeout: 60_000 }).toMatch(/^\d+\n$/)
          expect(await readdir(kept)).toContain('22.target.vcf.engine')
          const { key } = await t.aKey({ role: 'owner' })
          const act = method === 'POST' ? 'project-cancel-samples' : 'project-delete-samples'
          const request = new Request(`http://localhost/api/v2/${act}/${projectId}/`, {
            method,
            headers: { Authorization: `Api-Key ${key}`, 'Content-Type': 'application/json' },
            body: JSON.stringify({ sample_ids: [sampleId] }),
          })
          expect((await callRoute(request)).ok).toBe(true)
          await run
          await expectGone(Number(await readFile(held, 'utf8')))
          const scratch = await readdir(path.dirname(kept))
          expect(scratch.filter((folder) => folder.startsWith(sampleId))).toEqual([])
          const left = t.services.db.selectFrom('sample').select('status').where('id', '=', sampleId)
          expect(await left.execute()).toEqual(method === 'POST' ? [{ status: 'canceled' }] : [])
        }
      } finally {
        provideServices(undefined)
        await t.stop()
      }
    })

    /** The run of a sample of which all but one region is done, with an engine that does not end in that region. */
    async function heldRun(t: TestServices) {
      const partner = await t.aPartner()
      const link = await t.anOpenLink({}, partner)
      const uploadId = await t.anUpload(link)
      await receiveUpload(t.services, uploadId)
      await verifyUpload(t.services, { uploadId })
      const { kept: before } = await withoutRegion('22')
      const kept = await t.services.scratch.keepFolder(link.sampleId, 'impute')
      await cp(before, kept, { recursive: true, preserveTimestamps: true })
      const folder = await mkdtemp(path.join(own, 'held-'))
      const { engine: holding, hold, held } = await heldEngine(name, { folder, region: '22' })
      await writeFile(hold, '')
      const { scratch } = t.services
      const imputing = createImputationAnalyzer({ engine: holding, panels: [packed], threads, scratch })
      const ofDone: Analyzer = ({ sampleId, folder }, signal) =>
        imputing({ ...done.task, sampleId, folder }, signal)
      const services = { ...t.services, analyzers: { array: [ofDone], fastq: [] } }
      const run = runAnalysis(services, { runId: await t.runOf(link.sampleId) })
      return { run, sampleId: link.sampleId, projectId: partner.project.id, kept, held }
    }

    test.runIf(canMount)(
      'on a disk that is full, waits for room: nothing half-made is taken for whole',
      { tags: 'torture' },
      async () => {
        const { scratch, kept } = await withoutRegion('22')
        const small = path.join(scratch, 'small')
        await mkdir(small)
        expect(mount(small)).toBe(true)
        try {
          const there = path.join(small, path.basename(kept))
          await cp(kept, there, { recursive: true })
          const filling: ImputationEngine = {
            ...engine,
            async impute(job, signal) {
              await fillDisk(small)
              return engine.impute(job, signal)
            },
          }
          await expect(analyzerOf(filling, small)(done.task, never)).rejects.toThrow(
            /^imputation: the disk is full\.$/,
          )
          expect(await readdir(there)).not.toContain('22.target.vcf.json')
          await rm(path.join(small, 'filler'))
          const resumed = await analyzerOf(engine, small)(done.task, never)
          const bytes = await readFile(pathOf(done.outcome, 'impute-vcf'))
          expect((await readFile(pathOf(resumed, 'impute-vcf'))).equals(bytes)).toBe(true)
        } finally {
          spawnSync('umount', [small])
        }
      },
    )

    test('of a woman of another ancestry has two copies of X, and is noticed not to fit the panel', {
      tags: 'torture',
    }, async () => {
      const elsewhere = synthesizePanel({ ...PANEL_PLAN, population: 1 })
      // Too few markers on the pseudoautosomal part: it is one run of the engine more.
      const read = aReading(elsewhere, 78, 'female').genotypes
      const onPar = read.filter(({ code, position }) => code === 23 && position <= 2_699_520)
      const genotypes = read.filter((row) => !onPar.includes(row) || onPar.indexOf(row) < 10)
      const plan = { sex: 'female' as const }
      const outcome = await analyse(
        await anImputationTask({ folder: own, panel: packed, genotypes, plan }),
        never,
      )
      const { records } = await readImputed(pathOf(outcome, 'impute-vcf'))
      for (const { genotype } of records) expect(genotype).toMatch(/^[01]\|[01]$/)
      expect(outcome.qc.imputation!.xMixed).toBe(0)
      const failed = outcome.checks.filter(({ status }) => status === 'failed')
      expect(failed.map(({ key }) => key)).toEqual(['impute_masked_concordance'])
      expect(failed[0]!.note).toMatch(
        /^impute_masked_concordance: [1-8]\d\.\d % of the hidden markers came back as they were; /,
      )
    })

    test.runIf(name === 'beagle')(
      'meets an engine that hangs or refuses its panel: it is ended, and nothing is made',
      { tags: 'torture' },
      async () => {
        const { scratch, kept } = await withoutRegion('22')
        const folderOf = async (files: Record<string, Buffer>) => {
          const copy = await mkdtemp(path.join(scratch, 'panel-'))
          await cp(packed.folder, copy, { recursive: true })
          for (const [file, bytes] of Object.entries(files)) await writeFile(path.join(copy, file), bytes)
          return copy
        }
        const target = path.join(kept, '22.target.vcf')
        const region = packed.manifest.regions.find(({ key }) => key === '22')!
        const failureWith = async (panelFolder: string, reference: string) => {
          const patient = await realEngine(name, { stallSeconds: 5 })
          const { bref3 } = region.files
          const job = {
            ...{ target, panelFolder, together: '', memoryMegabytes: 256, sites: region.sites, markers: 1 },
            files: { ...region.files, bref3: { ...bref3!, name: reference } },
            folder: await mkdtemp(path.join(scratch, 'engine-')),
          }
          return patient.impute(job, never).catch((error: EngineFailure) => error)
        }
        // Of a VCF with a genotype that is missing, Beagle prints an exception and stays for ever.
        const vcf = panel.vcfOf(22).replace('0|0', '.|.')
        const hanging = await folderOf({ 'missing.vcf': Buffer.from(vcf) })
        expect(await failureWith(hanging, 'missing.vcf')).toMatchObject({ kind: 'stalled' })
        // Another region in its place, and one cut off.
        const other = await readFile(path.join(packed.folder, '20.bref3'))
        const swapped = await folderOf({ '22.bref3': other, 'cut.bref3': other.subarray(0, 20_000) })
        expect(await failureWith(swapped, '22.bref3')).toMatchObject({ kind: 'faulty' })
        expect(await failureWith(swapped, 'cut.bref3')).toMatchObject({ kind: 'faulty' })
        expect(await failureWith(swapped, 'gone.bref3')).toMatchObject({ kind: 'faulty' })
      },
    )

    test('is waited for while its engine is missing', { tags: 'torture' }, async () => {
      const { scratch } = await withoutRegion('22')
      const program = path.join(scratch, 'program')
      await cp(name === 'beagle' ? BEAGLE_JAR : findProgram(['minimac4'])!, program)
      const leaving = await realEngine(name, { [name === 'beagle' ? 'beagleJar' : 'minimac4']: program })
      await rm(program)
      await expect(analyzerOf(leaving, scratch)(done.task, never)).rejects.toThrow(
        /^imputation: the engine is not there\.$/,
      )
    })

    // Minimac4 has no limit of its own that could be set.
    test.runIf(name === 'beagle')(
      'needs more memory than it is given: that is what is said',
      { tags: 'torture' },
      async () => {
        const starving = await realEngine(name, { memoryMegabytes: 4 })
        const outcome = await analyzerOf(starving, path.join(own, 'scratch-of-little'))(done.task, never)
        expect(outcome.checks).toMatchObject([
          { key: 'imputation', status: 'skipped', note: expect.stringMatching(/out of memory/) },
        ])
      },
    )

    test.runIf(name === 'minimac4')(
      'has the same bytes whoever waits beside it, a twin or one whose run crashes, and shares runs where it may',
      { tags: 'torture' },
      async () => {
        const people = 3
        const { minimac4, calls } = await countedMinimac4(own, { crashesIn: '22' })
        const meeting = arrivingTogether(await realEngine(name, { minimac4, batch: 3 }), people)
        const sharing = analyzerOf(meeting.engine, path.join(own, 'shared'))
        const { genotypes } = aReading(panel, 79, 'female')
        const plan = { sex: 'female' as const }
        // A woman, and her twin of whom the chip read less.
        const twins = await Promise.all(
          [genotypes, genotypes.map((row, at) => (at % 7 === 3 ? { ...row, alleles: [] } : row))].map(
            (read) => anImputationTask({ folder: own, panel: packed, genotypes: read, plan }),
          ),
        )
        const alone = [await analyzerOf(engine, path.join(own, 'alone'))(twins[1]!, never), done.outcome]
        const bytesOf = (outcomes: AnalysisOutcome[]) =>
          Promise.all(outcomes.map((outcome) => readFile(pathOf(outcome, 'impute-vcf'))))
        const before = await bytesOf(alone)
        const together = await Promise.all(
          [...twins, done.task].map((task) => sharing(task, never).finally(meeting.leave)),
        )
        for (const [at, bytes] of (await bytesOf(together.slice(1))).entries())
          expect(bytes.equals(before[at]!), `person ${at}`).toBe(true)
        const runs = (await readFile(calls, 'utf8')).trim().split('\n').sort()
        // A crash of all of them, one of two, and each of them alone; a man's X has markers of its own.
        expect(runs.filter((run) => run.startsWith('22.target'))).toEqual(
          [1, 1, 1, 2, 3].map((count) => `22.target.vcf.engine ${count}`),
        )
        for (const shared of ['20.target', '20.masked', '22.masked', 'X-PAR1.target'])
          expect(runs).toContain(`${shared}.vcf.engine ${people}`)
        const onX = runs.filter((run) => run.startsWith('X.target')).map((run) => run.at(-1))
        expect(onX).toEqual(['1', '2'])
      },
    )

    test('says what it cost', () => {
      const { cpuSeconds, peakMegabytes } = done.outcome.qc.imputation!
      expect(cpuSeconds).toBeGreaterThan(0)
      expect(peakMegabytes).toBeGreaterThan(1)
    })

    /** By the rarer allele, of common sites that were imputed. */
    function discordance(records: readonly ImputedRecord[], person: Person): number {
      const truth = new Map(
        panel.sites.map(
          (site, at) => [keyOf({ code: site.chromosome, position: site.position }), at] as const,
        ),
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

function mount(folder: string): boolean {
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder])
  return made.status === 0
}

/** It takes root, and a container that allows it. */
function tryMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const folder = mkdtempSync(path.join(tmpdir(), 'arraydrop-mount-'))
  const can = mount(folder)
  if (can) spawnSync('umount', [folder])
  rmdirSync(folder)
  return can
}

/** Leave room for a page or two. */
async function fillDisk(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  await writeFile(path.join(folder, 'filler'), Buffer.alloc(Math.max(0, (bavail - 2) * bsize)))
}

/** A process that another one ends is gone a moment later. */
const expectGone = (pid: number) =>
  expect
    .poll(
      () => {
        try {
          return process.kill(pid, 0)
        } catch {
          return false
        }
      },
      { timeout: 20_000 },
    )
    .toBe(false)

const keyOf = ({ code, position }: Pick<PlannedGenotype, 'code' | 'position'>) =>
  `${code === 23 ? 'X' : code} ${position}`

/** Some rows without a call, as every export has. */
const withNoCalls = (genotypes: readonly PlannedGenotype[]): PlannedGenotype[] =>
  genotypes.map((row, at) => (at % 60 === 7 ? { ...row, alleles: [] } : row))

const lettersOf = ({ genotype, reference, alternate }: ImputedRecord): string[] =>
  genotype.split('|').map((allele) => (allele === '1' ? alternate : reference))
