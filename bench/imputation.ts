import { execFile } from 'node:child_process'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { readByChip } from '../lib/analysis/imputation/fixtures/synthesize-panel.ts'
import { BEAGLE_JAR } from '../lib/testing/engines-for-tests.ts'
import { anImputationTask } from '../lib/testing/imputed-export-for-tests.ts'
import { aPanel, beagleIsHere } from '../lib/testing/panel-for-tests.ts'
import type { Bench } from './bench.ts'
import type { BenchResult } from './measurement.ts'
import { timeProgram } from './time-program.ts'

const ROUNDS = 3
/** A three-hundredth of a genome, at the density of a panel of common and low-frequency variants. */
const WINDOWS = [
  { chromosome: 20, first: 10_000_000, bases: 5_000_000, sites: 15_000 },
  { chromosome: 21, first: 20_000_000, bases: 5_000_000, sites: 15_000 },
]
const PLAN = { seed: 9, people: 200, windows: WINDOWS }
/** As dense as genuine chips. */
const PER_MEGABASE = 220

interface Imputed {
  own: number
  align: number
  engine: number
  peakMegabytes: number
  sites: number
  typed: number
  kept: string
}

/**
 * CPU-seconds of one sample against Beagle called by hand on the very same targets, those with hidden markers included.
 * The panel is synthetic and small: what the engine costs by site is not what a real panel costs.
 */
export async function measureImputation({ directory }: Pick<Bench, 'directory'>): Promise<BenchResult[]> {
  if (!beagleIsHere()) {
    return [{ what: 'Imputation of one export against Beagle by hand', why: 'no Beagle or no Java here' }]
  }
  const folder = path.join(directory, 'imputation')
  await mkdir(folder, { recursive: true })
  const { panel, package: packed } = await aPanel(folder, PLAN)
  const { genotypes } = readByChip(panel, panel.draw(1, 'male'), {
    perMegabase: PER_MEGABASE,
    windows: WINDOWS,
    seed: 3,
  })
  const task = await anImputationTask({ folder, panel: packed, genotypes })
  const taskFile = path.join(folder, 'task.json')
  await writeFile(taskFile, JSON.stringify(task))
  let best: (Imputed & { byHand: number }) | undefined
  let least: { seconds: number; share: number } | undefined
  for (let round = 0; round < ROUNDS; round++) {
    const own = path.join(folder, `round-${round}`)
    const program = path.join(import.meta.dirname, 'impute-one-export.ts')
    const { stdout } = await promisify(execFile)(process.execPath, [program, packed.folder, taskFile, own])
    const imputed = JSON.parse(stdout) as Imputed
    const byHand = await imputeByHand(packed.folder, imputed.kept, own)
    const ratio = (one: Imputed & { byHand: number }) => (one.own + one.engine) / one.byHand
    const share = imputed.align / (imputed.own + imputed.engine)
    if (!least || share < least.share) least = { seconds: imputed.align, share }
    if (!best || ratio({ ...imputed, byHand }) < ratio(best)) best = { ...imputed, byHand }
    await rm(own, { recursive: true, force: true })
  }
  const { own, engine, peakMegabytes, sites, typed, byHand } = best!
  const what = `${sites.toLocaleString('en')} sites of ${PLAN.people} people, ${typed.toLocaleString('en')} typed`
  return [
    {
      what: 'Imputation of one export, hidden markers included: CPU ÷ Beagle by hand on the same targets',
      value: (own + engine) / byHand,
      bound: { atMost: 1.1 },
      unit: '×',
      record: `${what}; ${(own + engine).toFixed(1)} against ${byHand.toFixed(1)} CPU-s`,
    },
    {
      what: 'Aligning the export with the panel: share of that CPU',
      value: least!.share,
      bound: { atMost: 0.02 },
      unit: '×',
      record: `${least!.seconds.toFixed(2)} CPU-s, half of it the thread's start, which does not grow with the panel`,
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

async function imputeByHand(panel: string, kept: string, own: string): Promise<number> {
  let seconds = 0
  for (const target of (await readdir(kept)).filter((name) => name.endsWith('.vcf'))) {
    const region = target.split('.')[0]!
    const out = path.join(own, `by-hand-${target}`)
    const args = [
      '-Xmx1024m',
      '-XX:+UseSerialGC',
      '-jar',
      BEAGLE_JAR,
      `gt=${path.join(kept, target)}`,
      `ref=${path.join(panel, `${region}.bref3`)}`,
      `map=${path.join(panel, `${region}.map`)}`,
      `out=${out}`,
      'nthreads=1',
      'seed=1',
      'gp=true',
    ]
    seconds += (await timeProgram('java', args)).seconds
  }
  return seconds
}
