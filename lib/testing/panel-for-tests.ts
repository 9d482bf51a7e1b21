import { chmod, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import {
  type PanelPlan,
  type SyntheticPanel,
  synthesizePanel,
} from '#lib/analysis/imputation/fixtures/synthesize-panel.ts'
import type { Panel } from '#lib/analysis/imputation/panel/read-panel.ts'
import { CHROMOSOME_LABELS } from '#lib/genotype/chromosomes.ts'
import type { PanelPrograms } from '#lib/imputation-panel/panel-forms.ts'
import { type PanelWish, preparePanel } from '#lib/imputation-panel/prepare-panel.ts'
// Plain JavaScript: the runner uses the same.
import { beagleIsHere, minimac4IsHere } from '../../bin/testing/find-programs.mjs'
import { QUICK_JAVA } from './engines-for-tests.ts'

/** Whether Beagle and Java are here; `npm test` installs them where it may. */
export { beagleIsHere }

const BEAGLE = { java: QUICK_JAVA, jar: '/usr/share/beagle/bref3.jar', memoryMegabytes: 256 }
const MINIMAC4 = { minimac4: 'minimac4', bcftools: 'bcftools' }

/** Two stretches of autosomes, one of X where men have one copy, and one where they have two: small, yet whole. */
export const PANEL_PLAN: PanelPlan = {
  seed: 5,
  people: 80,
  windows: [
    { chromosome: 20, first: 20_000_000, bases: 2_000_000, sites: 2_000 },
    { chromosome: 22, first: 30_000_000, bases: 2_000_000, sites: 2_000 },
    { chromosome: 23, first: 1_000_000, bases: 1_000_000, sites: 800 },
    { chromosome: 23, first: 50_000_000, bases: 2_000_000, sites: 1_600 },
  ],
}

/** Sources of a panel as an operator has them: phased VCFs and maps, each in a folder. */
export async function writePanelSources(folder: string, plan: PanelPlan = PANEL_PLAN) {
  const panel = synthesizePanel(plan)
  const [from, maps] = [path.join(folder, 'from'), path.join(folder, 'maps')]
  for (const directory of [from, maps]) await mkdir(directory, { recursive: true })
  const chromosomes = [...new Set(plan.windows.map(({ chromosome }) => chromosome))]
  for (const chromosome of chromosomes) {
    const label = CHROMOSOME_LABELS[chromosome]
    await writeFile(path.join(from, `chr${label}.vcf`), panel.vcfOf(chromosome))
    await writeFile(path.join(maps, `plink.chr${label}.map`), panel.mapOf(chromosome))
  }
  const wish: PanelWish = {
    from,
    maps,
    out: path.join(folder, 'panel'),
    build: plan.build ?? 37,
    name: 'synthetic',
    version: '1',
    licence: 'nobody’s',
    citation: '',
    minAlleleCount: 2,
    chromosomes,
    chain: undefined,
  }
  return { panel, wish }
}

/** Prepare a panel with the real program. */
export const prepareForTests = (
  wish: PanelWish,
  say: (line: string) => void = () => {},
  programs: PanelPrograms = { beagle: BEAGLE },
): Promise<Panel> => preparePanel(wish, { programs, say, now: () => new Date('2026-01-01T00:00:00Z') })

/** The same without Java: what stands for Beagle's binary form is the VCF as it is, for `fakeEngine`. */
export async function prepareWithoutJava(folder: string, wish: PanelWish): Promise<Panel> {
  const java = path.join(folder, 'java-that-copies')
  await writeFile(java, '#!/bin/sh\nexec cat\n')
  await chmod(java, 0o755)
  return preparePanel(wish, {
    programs: { beagle: { ...BEAGLE, java } },
    say: () => {},
    now: () => new Date('2026-01-01T00:00:00Z'),
  })
}

/** A panel, and the settings of a service that imputes with it, by programs that need no Java. */
export async function panelWithoutJava(folder: string) {
  const { panel, wish } = await writePanelSources(folder)
  const packed = await prepareWithoutJava(folder, wish)
  const [java, jar] = [path.join(folder, 'fake-java'), path.join(folder, 'beagle.jar')]
  const program = path.join(import.meta.dirname, 'fake-beagle.ts')
  await writeFile(java, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`)
  await chmod(java, 0o755)
  await writeFile(jar, '')
  return { panel, packed, environment: { IMPUTATION_PANEL: packed.folder, JAVA: java, BEAGLE_JAR: jar } }
}

/** A panel's sources, made into a package for every engine that is here. */
export const prepareForEngines = (wish: PanelWish): Promise<Panel> =>
  prepareForTests(wish, () => {}, {
    beagle: beagleIsHere() ? BEAGLE : undefined,
    minimac4: minimac4IsHere() ? MINIMAC4 : undefined,
  })

/** A synthetic panel, made into a package for every engine that is here. */
export async function aPanel(
  folder: string,
  plan: PanelPlan = PANEL_PLAN,
): Promise<{ panel: SyntheticPanel; package: Panel }> {
  const { panel, wish } = await writePanelSources(folder, plan)
  return { panel, package: await prepareForEngines(wish) }
}
