import type { AnalysisTask } from '../analyzer.ts'
import type { ArrayInput, RunInput } from '../run.ts'
import type { CommandFolder } from './command-folder.ts'

/** What a command learns about the installation. */
export interface CommandSurroundings {
  searchPath: string
  referenceFasta: string | undefined
}

/**
 * Every variable that a command gets, as docs/analysis-command.md lists them. Nothing of our own environment but PATH:
 * it holds secrets.
 */
export function commandEnvironment(
  {
    sampleId,
    runId,
    projectId,
    input,
  }: Pick<AnalysisTask<RunInput>, 'sampleId' | 'runId' | 'projectId' | 'input'>,
  { work, output, notes, inputs }: CommandFolder,
  { searchPath, referenceFasta }: CommandSurroundings,
): Record<string, string> {
  const files = [...inputs].map(([fileType, path]) => [variableOf(fileType), path])
  const bed = inputs.get('plink-bed')
  return {
    PATH: searchPath,
    HOME: work,
    TMPDIR: work,
    LANG: 'C.UTF-8',
    ARRAYDROP_SAMPLE_ID: sampleId,
    ARRAYDROP_RUN_ID: runId,
    ARRAYDROP_PROJECT_ID: projectId,
    ARRAYDROP_INPUT: input.kind,
    ...(input.kind === 'array' ? describeExport(input) : {}),
    ...Object.fromEntries(files),
    ...(bed === undefined ? {} : { ARRAYDROP_PLINK_PREFIX: bed.replace(/\.bed$/, '') }),
    ...(referenceFasta === undefined ? {} : { ARRAYDROP_REFERENCE_FASTA: referenceFasta }),
    ARRAYDROP_OUTPUT_DIR: output,
    ARRAYDROP_NOTES_FILE: notes,
  }
}

function describeExport({ vendor, summary }: ArrayInput): Record<string, string> {
  const { positionBuild, statedBuild, inferredSex, chip } = summary
  const build = positionBuild ?? statedBuild
  return {
    ARRAYDROP_VENDOR: vendor,
    ARRAYDROP_BUILD: build === null ? '' : String(build),
    ARRAYDROP_SEX: inferredSex,
    ARRAYDROP_CHIP: chip.name ?? '',
  }
}

const variableOf = (fileType: string): string =>
  fileType === 'array-zip'
    ? 'ARRAYDROP_INPUT_ZIP'
    : `ARRAYDROP_${fileType.toUpperCase().replaceAll('-', '_')}`
