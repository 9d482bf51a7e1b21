import { createHash } from 'node:crypto'
import { rename, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { NamedFile, PanelRegion } from '#lib/analysis/imputation/panel/manifest.ts'
import { digestStoredFile } from '#lib/analysis/imputation/panel/read-panel.ts'
import type { Region } from '#lib/analysis/imputation/panel/region.ts'
import { SiteListWriter } from '#lib/analysis/imputation/panel/site-list.ts'
import type { Build } from '#lib/genotype/verdict.ts'
import type { PositionLift } from './lift-positions.ts'
import { openVariants } from './open-variants.ts'
import { type FormWriter, openForms, type PanelPrograms } from './panel-forms.ts'
import { PanelRefusal } from './panel-refusal.ts'
import { demandBuild, HeadReader, type VcfHead } from './read-head.ts'
import type { MapFolder } from './read-maps.ts'
import { type PanelSite, type SiteCounts, sayCounts, VariantSplitter } from './split-variant.ts'
import { linesOf } from './variant-lines.ts'
import { ONE_COPY, type PanelVariant, VariantReader } from './variant-reader.ts'

export interface ChromosomeTask {
  file: string
  chromosome: number
  /** The regions of this chromosome. */
  regions: readonly Region[]
  build: Build
  minAlleleCount: number
  maps: MapFolder
  /** Positions on the build of exports, where that is not the panel's. */
  lift: PositionLift | undefined
  programs: PanelPrograms
  out: string
  progress: (done: { bytes: number; sites: number }) => void
}

export interface PreparedChromosome {
  samples: number
  regions: PanelRegion[]
  counts: SiteCounts
  source: { sha256: string }
  maps: NamedFile[]
}

const PROGRESS_RECORDS = 10_000

/** Stream the file of one chromosome into the files of its regions. Throws `PanelRefusal`, with the file's fault. */
export async function prepareChromosome(task: ChromosomeTask): Promise<PreparedChromosome> {
  const { chromosome, build } = task
  const opened = openVariants(task.file)
  const writers = new RegionWriters(task)
  const splitter = new VariantSplitter(task.minAlleleCount)
  try {
    const headReader = new HeadReader()
    let head: VcfHead | undefined
    let reader: VariantReader | undefined
    let records = 0
    for await (const line of linesOf(opened.text)) {
      if (!head || !reader) {
        head = headReader.read(line.toString('utf8'))
        if (!head) continue
        demandBuild(head, chromosome, build)
        reader = new VariantReader({ chromosome, build, samples: head.samples })
        continue
      }
      const variant = reader.read(line)
      for (const site of splitter.split(variant)) await writers.write(site, variant, head.samples)
      if (++records % PROGRESS_RECORDS === 0) {
        task.progress({ bytes: opened.bytesRead(), sites: splitter.counts.kept })
      }
    }
    if (!head) throw new PanelRefusal('the file is no VCF')
    if (splitter.counts.kept === 0)
      throw new PanelRefusal(`no site of it can be used: ${sayCounts(splitter.counts)}`)
    const regions = await writers.end()
    return { samples: head.samples, counts: splitter.counts, source: { sha256: opened.sha256() }, ...regions }
  } catch (error) {
    throw asRefusal(error)
  } finally {
    opened.close()
    writers.stop()
  }
}

/** A packed file that breaks off, or is none, is the file's fault. */
function asRefusal(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? ''
  return /^Z_/.test(code) ? new PanelRefusal('the file is damaged or cut off: it does not unpack') : error
}

interface OpenRegion {
  region: Region
  sites: SiteListWriter
  forms: FormWriter[]
  /** Copies of each person, from the first site on. */
  copies: Uint8Array
}

/** The files of the regions of one chromosome, one after the other, as their sites come by. */
class RegionWriters {
  private readonly task: ChromosomeTask
  private open: OpenRegion | undefined
  private readonly done: PanelRegion[] = []
  private readonly maps: NamedFile[] = []

  constructor(task: ChromosomeTask) {
    this.task = task
  }

  async write(site: PanelSite, variant: PanelVariant, samples: number): Promise<void> {
    if (!this.open || site.position > this.open.region.last) await this.next(site.position, samples, variant)
    const { region, sites, forms, copies } = this.open!
    const { position, reference, alternate, frequency } = site
    demandPloidy(region, variant, copies)
    const lookup = this.task.lift?.lift(region.chromosome, position)
    sites.add({ position, reference, alternate, frequency, lookup })
    const columns = `${region.contig}\t${position}\t${site.id}\t${reference}\t${alternate}\t.\tPASS\t.\tGT\t`
    const line = [Buffer.from(columns, 'latin1'), site.genotypes, Buffer.from('\n')]
    for (const form of forms) await form.write(line)
  }

  async end(): Promise<{ regions: PanelRegion[]; maps: NamedFile[] }> {
    await this.close()
    return { regions: this.done, maps: this.maps }
  }

  stop(): void {
    for (const form of this.open?.forms ?? []) form.stop()
  }

  private async next(position: number, samples: number, { alleles }: PanelVariant): Promise<void> {
    await this.close()
    const { regions, out, programs, maps, lift } = this.task
    const region = regions.find(({ first, last }) => position >= first && position <= last)
    if (!region) throw new PanelRefusal(`position ${position} lies in no region`)
    const copies = new Uint8Array(samples)
    for (let person = 0; person < samples; person++)
      copies[person] = alleles[person * 2 + 1] === ONE_COPY ? 1 : 2
    this.open = {
      region,
      copies,
      sites: new SiteListWriter({ lifted: lift !== undefined }),
      forms: await openForms(programs, { out, region, samples, map: maps.of(region).rows }),
    }
  }

  private async close(): Promise<void> {
    if (!this.open) return
    const { region, sites, forms } = this.open
    const { out, maps } = this.task
    let ofEngines: Partial<PanelRegion['files']> = {}
    for (const form of forms) {
      ofEngines = { ...ofEngines, ...(await form.end((name) => describeFile(out, name))) }
    }
    this.open = undefined
    const map = maps.of(region)
    await writeFile(path.join(out, `${region.key}.sites.part`), sites.encode())
    await writeFile(path.join(out, `${region.key}.map.part`), map.text)
    const made = async (kind: string): Promise<NamedFile> => describeFile(out, `${region.key}.${kind}`)
    this.done.push({
      key: region.key,
      sites: sites.count,
      first: sites.first,
      last: sites.last,
      files: { sites: await made('sites'), map: await made('map'), ...ofEngines },
    })
    if (!this.maps.some(({ name }) => name === map.source.name)) this.maps.push(digestBytes(map.source))
  }
}

/** People keep their copies throughout a region, and have one copy only where men do: an engine ends at anything else. */
function demandPloidy(region: Region, { alleles, position }: PanelVariant, copies: Uint8Array): void {
  for (let person = 0; person < copies.length; person++) {
    const now = alleles[person * 2 + 1] === ONE_COPY ? 1 : 2
    if (now === 1 && region.key !== 'X') {
      throw new PanelRefusal(`at position ${position}: somebody has one copy in ${region.key}`)
    }
    if (now !== copies[person]) {
      throw new PanelRefusal(`at position ${position}: somebody has another number of copies than before`)
    }
  }
}

async function describeFile(folder: string, name: string): Promise<NamedFile> {
  const place = path.join(folder, name)
  await rename(`${place}.part`, place)
  return { name, bytes: (await stat(place)).size, sha256: await digestStoredFile(place) }
}

function digestBytes({ name, bytes }: { name: string; bytes: Uint8Array }): NamedFile {
  return { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}
