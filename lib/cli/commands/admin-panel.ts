import path from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { PANEL_NAME_FORM } from '#lib/analysis/imputation/panel/manifest.ts'
import { checkPanel, readPanel } from '#lib/analysis/imputation/panel/read-panel.ts'
import { AUTOSOMES, CHROMOSOME_LABELS, CHROMOSOME_X } from '#lib/genotype/chromosomes.ts'
import type { PanelPrograms } from '#lib/imputation-panel/panel-forms.ts'
import { preparePanel } from '#lib/imputation-panel/prepare-panel.ts'
import { panelChromosome } from '#lib/imputation-panel/read-head.ts'
import { env, IMPUTATION_ENGINES, type ImputationEngineName } from '#lib/platform/env.ts'
import { print } from '../print.ts'

const jsonOption = () => new Option('--json', 'print one line of JSON')
const say = (line: string) => void process.stderr.write(`${line}\n`)
const ALL = Array.from({ length: AUTOSOMES }, (_, index) => index + 1).concat(CHROMOSOME_X)
/** Half of what bref3 takes without being told. */
const BREF3_MEGABYTES = 2_048

interface PrepareOptions {
  from: string
  maps: string
  out: string
  build: '37' | '38'
  name: string
  version: string
  licence: string
  citation: string
  minAc: number
  only: number[]
  lift?: string
  engine?: ImputationEngineName[]
  json?: boolean
}

/** `arraydrop admin prepare-panel …`: needs neither the database nor the server. */
export function preparePanelCommand(): Command {
  return new Command('prepare-panel')
    .description(
      'Make a panel package for imputation. Takes hours; started again, it goes on where it was ended.',
    )
    .requiredOption('--from <folder>', 'phased VCF or BCF files, one a chromosome')
    .requiredOption('--maps <folder>', 'genetic maps in PLINK’s form, one a chromosome')
    .requiredOption('--out <folder>', 'where the package goes')
    .addOption(
      new Option('--build <build>', 'reference build of the panel')
        .choices(['37', '38'])
        .makeOptionMandatory(),
    )
    .requiredOption('--name <name>', 'what to call the panel, such as 1000g', parseName)
    .requiredOption('--version <version>', 'which release of it, such as phase3-v5a', parseName)
    .requiredOption('--licence <text>', 'under which licence it may be used')
    .option('--citation <text>', 'what to cite', '')
    .option('--min-ac <count>', 'leave out sites whose rarer allele is rarer', parseCount, 2)
    .option('--only <chromosomes>', 'such as 1,2,22,X; without it 1 to 22 and X', parseChromosomes, ALL)
    .option('--lift <file>', 'chain file from the panel’s build to 37; for a panel on 38')
    .option(
      '--engine <names>',
      'engines to prepare it for: beagle, minimac4 or both; without it that of IMPUTATION_ENGINE',
      parseEngines,
    )
    .addOption(jsonOption())
    .action(async (options: PrepareOptions) => {
      const { engine } = env().imputation
      const panel = await preparePanel(
        {
          from: options.from,
          maps: options.maps,
          out: options.out,
          build: options.build === '38' ? 38 : 37,
          name: options.name,
          version: options.version,
          licence: options.licence,
          citation: options.citation,
          minAlleleCount: options.minAc,
          chromosomes: options.only,
          chain: options.lift,
        },
        { programs: programsFor(options.engine ?? [engine]), say, now: () => new Date() },
      )
      print({ panel: panel.id, folder: options.out, ...summaryOf(panel.manifest) }, options)
    })
}

function programsFor(engines: readonly ImputationEngineName[]): PanelPrograms {
  const { java, beagleJar, minimac4 } = env().imputation
  const jar = path.join(path.dirname(beagleJar), 'bref3.jar')
  return {
    beagle: engines.includes('beagle') ? { java, jar, memoryMegabytes: BREF3_MEGABYTES } : undefined,
    minimac4: engines.includes('minimac4') ? { minimac4, bcftools: 'bcftools' } : undefined,
  }
}

/** `arraydrop admin check-panel FOLDER`: every byte of a package. */
export function checkPanelCommand(): Command {
  return new Command('check-panel')
    .description('Read every file of a panel package and compare it with its manifest.')
    .argument('<folder>', 'what prepare-panel made')
    .addOption(jsonOption())
    .action(async (folder: string, options: { json?: boolean }) => {
      const panel = await readPanel(folder)
      const faults = await checkPanel(panel, (name) => say(`reading ${name}`))
      if (faults.length > 0)
        throw new Error(`The panel is damaged:\n${faults.map((one) => `  ${one}`).join('\n')}`)
      print({ panel: panel.id, sound: true, ...summaryOf(panel.manifest) }, options)
    })
}

const summaryOf = ({ samples, regions, build }: Awaited<ReturnType<typeof readPanel>>['manifest']) => ({
  build,
  people: samples,
  regions: regions.length,
  sites: regions.reduce((sum, region) => sum + region.sites, 0),
})

function parseName(text: string): string {
  if (!PANEL_NAME_FORM.test(text))
    throw new InvalidArgumentError('Use letters, digits, dots and dashes, at most 64.')
  return text
}

function parseEngines(list: string): ImputationEngineName[] {
  const names = list.split(',').map((name) => name.trim())
  const engines = IMPUTATION_ENGINES.filter((name) => names.includes(name))
  if (engines.length === 0 || engines.length < new Set(names).size)
    throw new InvalidArgumentError(`Give one or more of ${IMPUTATION_ENGINES.join(', ')}.`)
  return engines
}

function parseCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1)
    throw new InvalidArgumentError('Give a whole number, at least 1.')
  return count
}

function parseChromosomes(list: string): number[] {
  const codes = list.split(',').map((label) => panelChromosome(label.trim()))
  if (codes.includes(0))
    throw new InvalidArgumentError(
      `Give chromosomes such as 1,22,X (of ${CHROMOSOME_LABELS[1]} to 22, and X).`,
    )
  return [...new Set(codes)].sort((a, b) => a - b)
}
