import { mkdtemp, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { AnalysisTask } from '#lib/analysis/analyzer.ts'
import { readExport } from '#lib/analysis/array/read-export.ts'
import { packedLines } from '#lib/analysis/imputation/finish/read-lines.ts'
import {
  type Person,
  readByChip,
  type SyntheticPanel,
} from '#lib/analysis/imputation/fixtures/synthesize-panel.ts'
import type { Panel } from '#lib/analysis/imputation/panel/read-panel.ts'
import type { ExportPlan, PlannedGenotype } from '#lib/genotype/fixtures/export-plan.ts'
import { packZip } from '#lib/genotype/fixtures/pack-zip.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'
import { capabilityOfPanel } from '#lib/projects/pipeline-capability.ts'
import { ProjectSettings } from '#lib/projects/project.ts'
import { PANEL_PLAN } from './panel-for-tests.ts'

/** Markers a chip has where the synthetic panel is: as dense as genuine chips are. */
const PER_MEGABASE = 300

/** Somebody of the synthetic panel's population, as a chip reads them. */
export function aReading(panel: SyntheticPanel, seed: number, sex: Person['sex'] = 'male') {
  const person = panel.draw(seed, sex)
  return {
    person,
    ...readByChip(panel, person, { perMegabase: PER_MEGABASE, windows: PANEL_PLAN.windows, seed: 3 }),
  }
}

interface TaskWish {
  /** Where the folders of the run go. */
  folder: string
  panel: Panel
  genotypes: readonly PlannedGenotype[]
  plan?: Partial<ExportPlan>
  settings?: Partial<ProjectSettings>
}

/** The task of a run of an export that holds these rows among others, to be imputed with a panel. */
export async function anImputationTask({
  folder,
  panel,
  genotypes,
  plan,
  settings,
}: TaskWish): Promise<AnalysisTask> {
  const own = await mkdtemp(path.join(folder, 'run-'))
  const whole: ExportPlan = { vendor: '23andme', rows: 6_000, seed: 11, sex: 'male', ...plan, genotypes }
  const { innerName, text, truth } = synthesizeExport(whole)
  const original = path.join(own, 'original.zip')
  await writeFile(original, await packZip([{ name: innerName, bytes: text }]))
  const { summary } = await readExport(original, truth.rows)
  const made = await mkdtemp(path.join(own, 'made-'))
  return {
    runId: 'run',
    attempt: 1,
    sampleId: path.basename(own),
    projectId: 'project',
    before: { qc: {}, checks: [], files: [] },
    input: {
      kind: 'array',
      storageKey: 'key',
      vendor: whole.vendor,
      summary,
      imputation: { capability: capabilityOfPanel(panel.manifest).id },
    },
    settings: ProjectSettings.parse({ ...settings }),
    original,
    folder: made,
  }
}

/** A record of an imputed file, taken apart in the plainest way. */
export interface ImputedRecord {
  contig: string
  position: number
  reference: string
  alternate: string
  flag: string
  genotype: string
  dosage: number
  probabilities: number[]
}

/** Header and records of an imputed file. */
export async function readImputed(file: string): Promise<{ header: string[]; records: ImputedRecord[] }> {
  const header: string[] = []
  const records: ImputedRecord[] = []
  const lines: string[] = []
  for await (const some of packedLines(file)) lines.push(...some)
  for (const line of lines) {
    if (line.startsWith('#')) {
      header.push(line)
      continue
    }
    const [contig, position, , reference, alternate, , , flag, , sample] = line.split('\t') as string[]
    const [genotype, dosage, probabilities] = sample!.split(':')
    records.push({
      contig: contig!,
      position: Number(position),
      reference: reference!,
      alternate: alternate!,
      flag: flag!,
      genotype: genotype!,
      dosage: Number(dosage),
      probabilities: probabilities!.split(',').map(Number),
    })
  }
  return { header, records }
}
