import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import {
  MANIFEST_FORMAT,
  MANIFEST_NAME,
  Manifest,
  type NamedFile,
} from '#lib/analysis/imputation/panel/manifest.ts'
import { checkSize, filesOf, type Panel, readPanel } from '#lib/analysis/imputation/panel/read-panel.ts'
import { regionsOf } from '#lib/analysis/imputation/panel/region.ts'
import { CHROMOSOME_LABELS } from '#lib/genotype/chromosomes.ts'
import { findSources, inFile, type PanelSource } from './find-sources.ts'
import { PositionLift } from './lift-positions.ts'
import type { PanelPrograms } from './panel-forms.ts'
import { PanelRefusal } from './panel-refusal.ts'
import { type PreparedChromosome, prepareChromosome } from './prepare-chromosome.ts'
import { MapFolder } from './read-maps.ts'
import { sayCounts } from './split-variant.ts'

export interface PanelWish {
  from: string
  maps: string
  out: string
  build: 37 | 38
  name: string
  version: string
  licence: string
  citation: string
  minAlleleCount: number
  /** PLINK's codes, in order. */
  chromosomes: readonly number[]
  /** Chain file from the panel's build to 37; needed for a panel on 38. */
  chain: string | undefined
}

interface Surroundings {
  programs: PanelPrograms
  say: (line: string) => void
  now: () => Date
}

/** Where what is finished is noted, so that a preparation that was ended goes on there. */
const NOTES = '.prepared'

/**
 * Make a panel package. The manifest is written last: without it, a folder is no package. One chromosome after the
 * other; started again with the same input, it goes on with the chromosome at which it was ended. Throws `PanelRefusal`
 * for input that cannot be used.
 */
export async function preparePanel(wish: PanelWish, { programs, say, now }: Surroundings): Promise<Panel> {
  if (wish.build === 38 && wish.chain === undefined) {
    throw new PanelRefusal('exports are on build 37: a panel on 38 needs --lift, a chain file from 38 to 37')
  }
  const there = await readFile(path.join(wish.out, MANIFEST_NAME)).catch(() => undefined)
  if (there) throw new PanelRefusal('the folder holds a finished panel: choose another one')
  const sources = await findSources(wish.from, wish.chromosomes)
  const maps = await MapFolder.read(wish.maps, wish.build)
  const lift = wish.chain === undefined ? undefined : await PositionLift.read(wish.chain)
  await mkdir(path.join(wish.out, NOTES), { recursive: true })
  const prepared: (PreparedChromosome & { source: NamedFile })[] = []
  for (const source of sources) {
    const label = CHROMOSOME_LABELS[source.chromosome]!
    const note = new Note(
      path.join(wish.out, NOTES, `${label}.json`),
      await digestOfWish({ wish, programs }, source),
    )
    const before = await note.read(wish.out)
    if (before) {
      say(`chromosome ${label}: already prepared`)
      prepared.push(before)
      continue
    }
    const regions = regionsOf(wish.build).filter(({ chromosome }) => chromosome === source.chromosome)
    // Missing maps are told before hours are spent.
    for (const region of regions) if (region.key !== 'X-PAR1' && region.key !== 'X-PAR2') maps.of(region)
    const { file, chromosome, name, bytes } = source
    const made = await inFile(name, () =>
      prepareChromosome({
        file,
        chromosome,
        regions,
        build: wish.build,
        minAlleleCount: wish.minAlleleCount,
        maps,
        lift,
        programs,
        out: wish.out,
        progress: (done) =>
          say(`chromosome ${label}: ${Math.floor((100 * done.bytes) / bytes)} %, ${done.sites} sites`),
      }),
    )
    const whole = { ...made, source: { name, bytes, sha256: made.source.sha256 } }
    await note.write(whole)
    prepared.push(whole)
    say(`chromosome ${label}: ${sayCounts(made.counts)}`)
  }
  return finish(wish, prepared, now())
}

async function finish(
  { out, name, version, build, licence, citation, minAlleleCount, chain }: PanelWish,
  prepared: (PreparedChromosome & { source: NamedFile })[],
  created: Date,
): Promise<Panel> {
  const maps = new Map(prepared.flatMap((one) => one.maps).map((map) => [map.name, map]))
  const manifest: Manifest = {
    format: MANIFEST_FORMAT,
    name,
    version,
    build,
    licence,
    citation,
    samples: prepared[0]!.samples,
    minAlleleCount,
    liftedFrom: chain === undefined ? null : 37,
    regions: prepared.flatMap((one) => one.regions),
    sources: prepared.map((one) => one.source),
    maps: [...maps.values()],
    created: created.toISOString(),
  }
  const file = path.join(out, MANIFEST_NAME)
  await writeFile(`${file}.part`, `${JSON.stringify(Manifest.parse(manifest), null, 2)}\n`)
  await rename(`${file}.part`, file)
  await rm(path.join(out, NOTES), { recursive: true, force: true })
  return readPanel(out)
}

/** What the files of a chromosome depend on: another source, map or wish makes them anew. */
async function digestOfWish(
  { wish, programs }: { wish: PanelWish; programs: PanelPrograms },
  source: PanelSource,
): Promise<string> {
  const { mtimeMs } = await stat(source.file)
  const { build, minAlleleCount, maps, chain } = wish
  const engines = [programs.beagle && 'beagle', programs.minimac4 && 'minimac4']
  const of = [source.name, source.bytes, mtimeMs]
  const parts = [...of, build, minAlleleCount, path.resolve(maps), chain ?? null, engines]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/** What was made of one chromosome, kept until all are there. */
class Note {
  private readonly file: string
  private readonly wish: string

  constructor(file: string, wish: string) {
    this.file = file
    this.wish = wish
  }

  /** Undefined when it is of another wish, or its files are not there. */
  async read(out: string): Promise<(PreparedChromosome & { source: NamedFile }) | undefined> {
    try {
      const { wish, made } = JSON.parse(await readFile(this.file, 'utf8'))
      if (wish !== this.wish) return undefined
      for (const file of (made as PreparedChromosome).regions.flatMap(filesOf)) await checkSize(out, file)
      return made
    } catch {
      return undefined
    }
  }

  async write(made: PreparedChromosome): Promise<void> {
    await writeFile(`${this.file}.part`, JSON.stringify({ wish: this.wish, made }))
    await rename(`${this.file}.part`, this.file)
  }
}
