import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { NamedFile, PanelRegion } from '#lib/analysis/imputation/panel/manifest.ts'
import type { Region } from '#lib/analysis/imputation/panel/region.ts'
import { CHROMOSOME_X } from '#lib/genotype/chromosomes.ts'
import { ProgramWriter } from './program-writer.ts'
import type { MapRow } from './read-maps.ts'

/** The programs that make panels into the forms of engines; a package is for those engines that are named. */
export interface PanelPrograms {
  /** `bref3.jar`, of the same release as the engine's. */
  beagle?: { java: string; jar: string; memoryMegabytes: number } | undefined
  minimac4?: { minimac4: string; bcftools: string } | undefined
}

/** Writes one region in the form of an engine. It is given checked lines alone: a faulty one can make a program hang. */
export interface FormWriter {
  write(pieces: readonly Buffer[]): Promise<void>
  /** Resolves with the files of the region once they are whole. */
  end(describe: (name: string) => Promise<NamedFile>): Promise<Partial<PanelRegion['files']>>
  stop(): void
}

interface FormPlace {
  out: string
  region: Region
  samples: number
  map: readonly MapRow[]
}

/** A writer for every engine that the package is for. */
export async function openForms(
  { beagle, minimac4 }: PanelPrograms,
  place: FormPlace,
): Promise<FormWriter[]> {
  const forms: FormWriter[] = []
  if (beagle) forms.push(await openBref3(beagle, place))
  if (minimac4) forms.push(await openMinimac4(minimac4, place))
  for (const form of forms) await form.write([headOf(place)])
  return forms
}

/** People are numbered: nobody's name enters the package. */
function headOf({ region, samples }: FormPlace): Buffer {
  const names = Array.from({ length: samples }, (_, person) => `S${person + 1}`).join('\t')
  return Buffer.from(
    `##fileformat=VCFv4.2\n##contig=<ID=${region.contig}>\n##FILTER=<ID=PASS,Description="All">\n` +
      '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n' +
      `#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t${names}\n`,
  )
}

async function openBref3(
  { java, jar, memoryMegabytes }: NonNullable<PanelPrograms['beagle']>,
  { out, region: { key } }: FormPlace,
): Promise<FormWriter> {
  const args = [`-Xmx${memoryMegabytes}m`, '-XX:+UseSerialGC', '-jar', jar]
  const writer = await ProgramWriter.start(
    { name: 'bref3', file: java, args },
    path.join(out, `${key}.bref3.part`),
  )
  return {
    write: (pieces) => writer.write(pieces),
    async end(describe) {
      await writer.end()
      return { bref3: await describe(`${key}.bref3`) }
    },
    stop: () => writer.stop(),
  }
}

async function openMinimac4(
  { minimac4, bcftools }: NonNullable<PanelPrograms['minimac4']>,
  { out, region, map }: FormPlace,
): Promise<FormWriter> {
  const { key } = region
  const part = (kind: string) => path.join(out, `${key}.${kind}.part`)
  let program = await ProgramWriter.start(
    { name: 'bcftools', file: bcftools, args: ['view', '--no-version', '-Ob', '-'] },
    part('bcf'),
  )
  /** A program that reads the file which is there by now, not what it is given. */
  const then = async (name: string, file: string, args: string[], kind: string) => {
    program = await ProgramWriter.start({ name, file, args }, part(kind))
    await program.end()
  }
  return {
    write: (pieces) => program.write(pieces),
    async end(describe) {
      await program.end()
      await then('bcftools index', bcftools, ['index', '-f', '-o', part('bcf.csi'), part('bcf')], 'bcf.csi')
      await then('minimac4', minimac4, ['--compress-reference', part('bcf')], 'msav')
      await writeFile(part('eagle.map'), eagleMap(region, map))
      const files = {
        bcf: await describe(`${key}.bcf`),
        // Eagle looks for the index beside the file.
        csi: await describe(`${key}.bcf.csi`),
        eagleMap: await describe(`${key}.eagle.map`),
        msav: await describe(`${key}.msav`),
      }
      return { minimac4: files }
    },
    stop: () => program.stop(),
  }
}

/** A genetic map in Eagle's form, which knows X as 23, and no position before the first base. */
function eagleMap({ chromosome }: Region, rows: readonly MapRow[]): string {
  const code = chromosome === CHROMOSOME_X ? 23 : chromosome
  const lines = rows
    .filter(({ position }) => position > 0)
    // The rate is left to Eagle, which computes it from the two others.
    .map(({ position, centimorgans }) => `${code} ${position} 0 ${centimorgans}\n`)
  return `chr position COMBINED_rate(cM/Mb) Genetic_Map(cM)\n${lines.join('')}`
}
