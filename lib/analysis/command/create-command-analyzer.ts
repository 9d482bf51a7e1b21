import type { LeashedEnd, RunLeashed } from '#lib/platform/leash/run-leashed.ts'
import type { BlobStore } from '#lib/platform/storage/blobs/blob-store.ts'
import { Problem } from '#lib/problem.ts'
import type { AnalysisOutcome, AnalysisTask, Analyzer } from '../analyzer.ts'
import { runLogOf } from '../remove-run-files.ts'
import type { RunInput } from '../run.ts'
import { interrupted } from '../try-again.ts'
import { collectOutputs } from './collect-outputs.ts'
import { type CommandSurroundings, commandEnvironment } from './command-environment.ts'
import { type CommandFolder, layOutCommandFolder } from './command-folder.ts'
import { OutputLog } from './output-log.ts'
import { readNotes } from './read-notes.ts'

/** Exit codes that mean something; every other one but 0 means: try again. */
export const EXIT_FAILED_QC = 10
export const EXIT_FAILED = 20
/** Key of the check that the command is, among those of the sample's quality control. */
const CHECK = 'analysis_command'

export interface CommandSettings extends CommandSurroundings {
  file: string
  seconds: number
}

/**
 * An operator's own analysis: one program, run once per attempt with the files that were made before, whose outputs
 * become deliverables. What it says is stored beside the run for operators alone, however it ends, and reaches neither
 * our log nor an answer. The contract with the program is docs/analysis-command.md.
 */
export function createCommandAnalyzer(
  { storage, runLeashed }: { storage: Pick<BlobStore, 'put'>; runLeashed: RunLeashed },
  settings: CommandSettings,
): Analyzer<RunInput> {
  return async (task, signal) => {
    const folder = await layOutCommandFolder(task)
    const log = new OutputLog()
    const environment = commandEnvironment(task, folder, settings)
    const { file, seconds } = settings
    try {
      const ended = await runLeashed({ file, cwd: folder.work, environment, seconds }, log, signal)
      log.note(ended.how === 'timeout' ? `ended after ${seconds} seconds` : `exit code ${ended.code}`)
      return await judgeEnding(ended, folder, log)
    } finally {
      await keepLog(storage, task, log, signal)
    }
  }
}

async function judgeEnding(
  { how, code }: LeashedEnd,
  folder: CommandFolder,
  log: OutputLog,
): Promise<AnalysisOutcome> {
  if (how === 'timeout') throw interrupted('timeout')
  if (code !== 0 && code !== EXIT_FAILED_QC && code !== EXIT_FAILED) {
    throw new Error(`The analysis command ended with ${code}`)
  }
  const why = code === 0 ? '' : `${CHECK}: ${(await readNotes(folder.notes)) ?? 'it did not say why.'}`
  if (code === EXIT_FAILED) throw new Problem('unprocessable', why)
  const files = await collectOutputs(folder.output, (line) => log.note(line))
  const status = code === 0 ? 'succeeded' : 'failed'
  return { qc: {}, checks: [{ key: CHECK, status, expected: 0, measured: code, note: why }], files }
}

/** Not for a run that another worker has taken over: nobody is interested in this attempt. */
async function keepLog(
  storage: Pick<BlobStore, 'put'>,
  { runId, sampleId, attempt }: Pick<AnalysisTask, 'runId' | 'sampleId' | 'attempt'>,
  log: OutputLog,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return
  await storage.put(runLogOf({ id: runId, sampleId }, attempt), log.chunks())
}
