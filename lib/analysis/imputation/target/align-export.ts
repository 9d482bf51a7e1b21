import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { CHROMOSOME_CODES, CHROMOSOME_X, CHROMOSOME_XY } from '#lib/genotype/chromosomes.ts'
import type { InferredSex } from '#lib/genotype/infer-sex.ts'
import { orderRows } from '../../array/order-rows.ts'
import { readExport } from '../../array/read-export.ts'
import type { PanelRegion } from '../panel/manifest.ts'
import type { Region } from '../panel/region.ts'
import { decodeSiteList, type SiteList } from '../panel/site-list.ts'
import { type AlignedRegion, alignRows, type Marker, markersOf, type Rows } from './align-rows.ts'
import { type AlignmentCounts, addCounts } from './alignment-counts.ts'
import { countGaps, type GapCounts } from './count-gaps.ts'
import { maskCalls } from './mask-calls.ts'
import { needsSex, planRegions, type RegionLeftOut, type RegionPlan } from './plan-regions.ts'
import { type TargetDigests, writeTarget } from './write-target.ts'

/** What the thread is given: plain values alone. */
export interface AlignTask {
  original: string
  /** Rows that the verification counted. */
  rows: number
  sex: InferredSex
  panelFolder: string
  regions: { region: Region; files: PanelRegion['files'] }[]
  /** Whether the engine fills markers that have no genotype. */
  withOpen: boolean
  /** Where targets go. */
  folder: string
}

/** A target that was written. */
export interface Target extends TargetDigests {
  /** Name in the folder. */
  name: string
  /** Open ones too. */
  markers: number
}

export interface AlignedExport {
  nothing: RegionPlan['nothing']
  /** Of all regions together; `outside` lie where the panel has nothing. */
  rows: AlignmentCounts & { outside: number }
  regions: { key: string; counts: AlignmentCounts; leftOut: RegionLeftOut | null; target: Target | null }[]
  gaps: GapCounts
  /** Targets without some of their markers, to see how well those come back. */
  masked: { key: string; target: Target; hidden: HiddenCall[] }[]
}

/** A typed genotype that the engine is not shown. */
export interface HiddenCall {
  site: number
  /** How many ALTs of two. */
  dosage: number
}

/** Positions on the build of exports between which a panel has sites. */
interface Extent {
  first: number
  last: number
}

/** Regions whose typed markers are partly hidden: the cheapest, since each is imputed once more. */
const MASKED_REGIONS = 2
const MASKED_CALLS_MIN = 200
const RANKS = Array.from({ length: CHROMOSOME_CODES }, (_, code) =>
  code === CHROMOSOME_XY ? CHROMOSOME_X : code <= CHROMOSOME_X ? code : 0,
)

/** Read an accepted export again, put it against the panel, and write what the engine is given, region by region. */
export async function alignExport(task: AlignTask): Promise<AlignedExport> {
  const { table } = await readExport(task.original, task.rows)
  const order = orderRows(table, RANKS)
  const aligned: AlignedRegion[] = []
  const gaps: GapCounts = { stretches: 0, gaps: 0 }
  let inExtents = 0
  for (const { region, files } of task.regions) {
    const sites = await readSites(task, files)
    const extent = extentOf(sites)
    const rows = rowsIn(table, order, region.chromosome, extent)
    inExtents += rows.length
    const one = alignRows(table, rows, { region, sites, sex: task.sex, withOpen: task.withOpen })
    aligned.push(one)
    // What is left out on purpose is no gap.
    if (!needsSex(region, task.sex)) countGaps(gaps, { table, rows, sites, extent, calls: one.calls })
  }
  const plan = planRegions(aligned, task.sex)
  const all = addCounts(aligned.map(({ counts }) => counts))
  const runs = plan.nothing ? [] : plan.run
  const targets = await writeTargets(task, runs)
  return {
    nothing: plan.nothing,
    rows: { ...all, ...summed(plan, aligned), outside: table.rows - inExtents },
    regions: aligned.map(({ region: { key }, counts }) => ({
      key,
      counts: plan.run.find((one) => one.region.key === key)?.counts ?? counts,
      leftOut: plan.leftOut.find((one) => one.key === key)?.why ?? null,
      target: targets.get(key) ?? null,
    })),
    gaps,
    masked: await writeMasked(task, runs, targets),
  }
}

/** What leaving out A/T and C/G changed. */
function summed({ run, leftOut }: RegionPlan, aligned: AlignedRegion[]) {
  const rest = aligned.filter(({ region }) => leftOut.some(({ key }) => key === region.key))
  const { kept, palindromicLeftOut } = addCounts([...run, ...rest].map(({ counts }) => counts))
  return { kept, palindromicLeftOut }
}

const readSites = async ({ panelFolder }: AlignTask, { sites }: PanelRegion['files']): Promise<SiteList> =>
  decodeSiteList(await readFile(path.join(panelFolder, sites.name)))

function extentOf({ lookup }: SiteList): Extent {
  let first = Number.POSITIVE_INFINITY
  let last = 0
  for (const position of lookup) {
    if (position === 0) continue
    if (position < first) first = position
    if (position > last) last = position
  }
  return { first, last }
}

/** The rows of a chromosome between two positions. */
function rowsIn(table: Rows, order: Uint32Array, chromosome: number, { first, last }: Extent): Uint32Array {
  const rank = (row: number) => RANKS[table.chromosome[row]!]!
  const before = (row: number, position: number) =>
    rank(row) < chromosome || (rank(row) === chromosome && table.position[row]! < position)
  const start = lowest(order.length, (n) => !before(order[n]!, first))
  const end = lowest(order.length, (n) => !before(order[n]!, last + 1))
  return order.subarray(start, Math.max(start, end))
}

/** The first of so many numbers that passes; all after it pass too. */
function lowest(length: number, passes: (n: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (passes(middle)) high = middle
    else low = middle + 1
  }
  return low
}

async function writeTargets(task: AlignTask, runs: readonly AlignedRegion[]): Promise<Map<string, Target>> {
  const targets = new Map<string, Target>()
  for (const one of runs) {
    targets.set(
      one.region.key,
      await write(task, { region: one.region, markers: markersOf(one) }, `${one.region.key}.target.vcf`),
    )
  }
  return targets
}

async function write(
  task: AlignTask,
  given: { region: Region; markers: readonly Marker[] },
  name: string,
): Promise<Target> {
  const { files } = task.regions.find(({ region }) => region.key === given.region.key)!
  const digests = await writeTarget(path.join(task.folder, name), given, await readSites(task, files))
  return { name, markers: given.markers.length, ...digests }
}

async function writeMasked(
  task: AlignTask,
  runs: readonly AlignedRegion[],
  targets: ReadonlyMap<string, Target>,
): Promise<AlignedExport['masked']> {
  const fit = runs
    .filter(({ region, calls }) => region.chromosome < CHROMOSOME_X && calls.length >= MASKED_CALLS_MIN)
    .sort((a, b) => a.calls.length - b.calls.length)
  const masked: AlignedExport['masked'] = []
  for (const one of fit.slice(0, MASKED_REGIONS)) {
    const { key } = one.region
    // The same markers hide the same ones of them, always, so that these runs can be shared too.
    const { shown, hidden } = maskCalls(markersOf(one), targets.get(key)!.markerSet)
    const target = await write(task, { region: one.region, markers: shown }, `${key}.masked.vcf`)
    masked.push({
      key,
      target,
      hidden: hidden.flatMap(({ site, dosage }) => (dosage === null ? [] : [{ site, dosage }])),
    })
  }
  return masked
}
