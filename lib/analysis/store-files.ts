import type { ProjectSettings } from '#lib/projects/project.ts'
import { type Deliverable, deliverableName } from '#lib/samples/deliverable.ts'
import type { Services } from '#lib/services.ts'
import type { AnalysisOutcome, MadeFile } from './analyzer.ts'
import type { Run } from './run.ts'
import { runFilesOf } from './run-files.ts'

export interface StoredOutcome extends Pick<AnalysisOutcome, 'qc' | 'checks'> {
  files: Omit<Deliverable, 'id' | 'sampleId'>[]
}

/**
 * Run every analyzer on the run's original, one after the other, and store what they made. The keys are those of the
 * run, so a run that starts again overwrites what a killed one left, and nothing is published here.
 */
export function analyseAndStore(
  { storage, scratch, analyzers }: Pick<Services, 'storage' | 'scratch' | 'analyzers'>,
  { run, projectId, settings }: { run: Run; projectId: string; settings: ProjectSettings },
  signal: AbortSignal,
): Promise<StoredOutcome> {
  const { id: runId, sampleId, input } = run
  const store = async ({ fileType, extension, path }: MadeFile) => {
    const name = deliverableName(sampleId, fileType, extension)
    const storageKey = `${runFilesOf(run)}${name}`
    return {
      fileType,
      name,
      storageKey,
      ...(await storage.put(storageKey, unlessAborted(scratch.read(path), signal))),
    }
  }
  return scratch.withFolder(
    (folder) =>
      storage.withLocalFile(input.storageKey, async (original) => {
        let before: AnalysisOutcome = { qc: {}, checks: [], files: [] }
        const files: StoredOutcome['files'] = []
        for (const analyse of analyzers) {
          const made = await analyse(
            { runId, sampleId, projectId, input, settings, original, folder, before },
            signal,
          )
          for (const file of made.files) files.push(await store(file))
          before = {
            qc: { ...before.qc, ...made.qc },
            checks: [...before.checks, ...made.checks],
            files: [...before.files, ...made.files],
          }
        }
        return { qc: before.qc, checks: before.checks, files }
      }),
    sampleId,
  )
}

/** The same bytes, up to the abort: a run that was lost must not write over what another worker stores. */
async function* unlessAborted(
  chunks: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, void> {
  for await (const chunk of chunks) {
    signal.throwIfAborted()
    yield chunk
  }
  signal.throwIfAborted()
}
