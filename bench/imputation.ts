import { execFile } from 'node:child_process'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { findProgram } from '../bin/testing/find-programs.mjs'
import { type Person, readByChip } from '../lib/analysis/imputation/fixtures/synthesize-panel.ts'
import type { Panel } from '../lib/analysis/imputation/panel/read-panel.ts'
import { BEAGLE_JAR, REAL_ENGINES } from '../lib/testing/engines-for-tests.ts'
import { anImputationTask } from '../lib/testing/imputed-export-for-tests.ts'
import { prepareForEngines } from '../lib/testing/panel-for-tests.ts'
import type { Bench } from './bench.ts'
import type { BenchResult } from './measurement.ts'
import { SIMULATED, type SimulatedPanel, simulatePanel } from './simulate-panel.ts'
import { timeProgram } from './time-program.ts'

const ROUNDS = 3
/** As dense as genuine chips. */
const PER_MEGABASE = 220
/** Samples that share runs. */
const BATCH = 10

type Engine = 'beagle' | 'minimac4'

interface Imputed {
  own: number
  /** Of one sample several times: the first one starts the thread. */
  align: number[]
  engine: number
  peakMegabytes: number
  sites: number
  typed: number
  kept: string
}

/**
 * CPU-seconds of one sample against the engines called by hand on the very same targets, those with hidden markers
 * included, and of ten samples in one run against ten alone, on 5 million bases of a simulated panel with as many people
 * and sites per base as 1000 Genomes phase 3.
 */
export async function measureImputation({ directory }: Pick<Bench, 'directory'>): Promise<BenchResult[]> {
  const folder = path.join(directory, 'imputation')
  await mkdir(folder, { recursive: true })
  const scrm = findProgram(['scrm'])
  if (!scrm)
    return [{ what: 'Imputation', why: 'scrm, which simulates its panel, is not here (Debian: scrm)' }]
  const panel = await simulatePanel(scrm, folder, BATCH)
  const packed = await prepareForEngines({
    ...{ from: panel.from, maps: panel.maps, out: path.join(folder, 'panel'), build: 37 },
    ...{ name: 'simulated', version: '1', licence: 'nobody’s', citation: '', minAlleleCount: 2 },
    ...{ chromosomes: [SIMULATED.chromosome], chain: undefined },
  })
  const tasks: string[] = []
  for (const person of panel.others) tasks.push(await writeTask(folder, panel, packed, person))
  const results: BenchResult[] = []
  for (const { name, isHere } of REAL_ENGINES) {
    if (isHere) results.push(...(await measureEngine(name, packed, tasks, folder)))
    else results.push({ what: `Imputation by ${name}`, why: 'its programs are not here' })
  }
  return results
}

async function writeTask(folder: string, panel: SimulatedPanel, packed: Panel, person: Person) {
  const chip = { perMegabase: PER_MEGABASE, windows: [SIMULATED], seed: 3 }
  const { genotypes } = readByChip(panel, person, chip)
  const task = await anImputationTask({ folder, panel: packed, genotypes, plan: { sex: person.sex } })
  const file = path.join(folder, `${task.sampleId}.json`)
  await writeFile(file, JSON.stringify(task))
  return file
}

async function measureEngine(
  name: Engine,
  packed: Panel,
  tasks: readonly string[],
  folder: string,
): Promise<BenchResult[]> {
  const [first] = tasks as [string]
  const rounds: (Imputed & { byHand: number })[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const own = path.join(folder, `${name}-${round}`)
    const imputed = await impute(name, { panel: packed.folder, tasks: [first], batch: 1, own })
    const byHand = await imputeByHand(name, { panel: packed.folder, kept: imputed.kept, own })
    rounds.push({ ...imputed, byHand })
    await rm(own, { recursive: true, force: true })
  }
  const least = (of: (one: Imputed & { byHand: number }) => number) =>
    rounds.reduce((best, one) => (of(one) < of(best) ? one : best))
  const best = least((one) => (one.own + one.engine) / one.byHand)
  const { own, engine, peakMegabytes, sites, typed, byHand } = best
  const what = `${sites.toLocaleString('en')} sites of ${SIMULATED.people.toLocaleString('en')} people, ${typed.toLocaleString('en')} typed`
  const ratio: BenchResult = {
    what: `Imputation of one export by ${name}, hidden markers included: CPU ÷ the engine by hand on the same targets`,
    value: (own + engine) / byHand,
    // The other engine takes a second or two, of which our own thread and the writing of the file are a good part.
    bound: { atMost: name === 'beagle' ? 1.1 : 2 },
    unit: '×',
    record: `${what}; ${(own + engine).toFixed(1)} against ${byHand.toFixed(1)} CPU-s`,
  }
  if (name === 'minimac4') return [ratio, await measureBatch(packed, tasks, folder)]
  const share = (one: Imputed) => one.align.at(-1)! / (one.own + one.engine)
  const quick = least(share)
  return [
    ratio,
    {
      what: 'Aligning the export with the panel: share of that CPU',
      value: share(quick),
      bound: { atMost: 0.02 },
      unit: '×',
      record: `${quick.align.at(-1)!.toFixed(2)} CPU-s; ${quick.align[0]!.toFixed(2)} with the start of a thread, once for samples that follow one another`,
    },
    {
      what: 'Imputation: memory of the engine with a heap of 1 GB',
      value: peakMegabytes,
      bound: { atMost: 1_300 },
      unit: 'MB',
      record: 'largest of its processes',
    },
  ]
}

/** Ten samples at the same time, in runs they share, against the same ones without a batch. */
async function measureBatch(packed: Panel, tasks: readonly string[], folder: string): Promise<BenchResult> {
  const made: Imputed[] = []
  for (const batch of [1, BATCH]) {
    const own = path.join(folder, `batch-${batch}`)
    made.push(await impute('minimac4', { panel: packed.folder, tasks, batch, own }))
    await rm(own, { recursive: true, force: true })
  }
  const [alone, together] = made as [Imputed, Imputed]
  return {
    what: `Imputation of ${BATCH} exports by minimac4 in one batch: CPU of the engine ÷ one by one`,
    value: together.engine / alone.engine,
    bound: { atMost: 0.35 },
    unit: '×',
    record: `${together.engine.toFixed(1)} against ${alone.engine.toFixed(1)} CPU-s, and ${together.own.toFixed(1)} of ours either way`,
  }
}

async function impute(
  name: Engine,
  wish: { panel: string; tasks: readonly string[]; batch: number; own: string },
): Promise<Imputed> {
  const program = path.join(import.meta.dirname, 'impute-exports.ts')
  const args = [program, name, wish.panel, wish.own, String(wish.batch), ...wish.tasks]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return JSON.parse(stdout) as Imputed
}

/** Where everything is that an engine is called with by hand. */
interface Places {
  panel: string
  kept: string
  own: string
}

async function imputeByHand(name: Engine, places: Places): Promise<number> {
  let seconds = 0
  for (const target of (await readdir(places.kept)).filter((file) => file.endsWith('.vcf')))
    seconds += await (name === 'beagle' ? beagleByHand : minimac4ByHand)(target, places)
  return seconds
}

async function beagleByHand(target: string, { panel, kept, own }: Places): Promise<number> {
  const region = target.split('.')[0]!
  const machine = ['-Xmx1024m', '-XX:+UseSerialGC', '-jar', BEAGLE_JAR]
  const files = [`gt=${path.join(kept, target)}`, `ref=${path.join(panel, `${region}.bref3`)}`]
  const places = [`map=${path.join(panel, `${region}.map`)}`, `out=${path.join(own, `by-hand-${target}`)}`]
  const args = [...machine, ...files, ...places, 'nthreads=1', 'seed=1', 'gp=true']
  return (await timeProgram('java', args)).seconds
}

async function minimac4ByHand(target: string, { panel, kept, own }: Places): Promise<number> {
  const region = path.join(panel, target.split('.')[0]!)
  const out = path.join(own, `by-hand-${target}`)
  const pack = async (vcf: string) => {
    await promisify(execFile)('bcftools', ['view', '-Oz', '-o', `${out}.gz`, vcf])
    await promisify(execFile)('bcftools', ['index', '-f', `${out}.gz`])
    return `${out}.gz`
  }
  const unphased = ['--vcfRef', `${region}.bcf`, '--vcfTarget', await pack(path.join(kept, target))]
  const phased = ['--geneticMapFile', `${region}.eagle.map`, '--outPrefix', `${out}.phased`]
  const eagle = await timeProgram('bio-eagle', [
    ...unphased,
    ...phased,
    '--numThreads',
    '1',
    '--vcfOutFormat',
    'v',
  ])
  const form = ['--format', 'GT,DS,GP', '--output-format', 'vcf.gz', '--threads', '1', '--min-ratio', '0']
  const places = ['--map', `${region}.map`, '--output', `${out}.imputed.gz`, '--chunk', '100000000']
  const files = [`${region}.msav`, await pack(`${out}.phased.vcf`)]
  return eagle.seconds + (await timeProgram('minimac4', [...places, ...form, ...files])).seconds
}
