import type { Stored } from '#lib/platform/storage/blobs/blob-store.ts'
import type { ProjectSettings } from '#lib/projects/project.ts'
import { type Deliverable, deliverableName } from '#lib/samples/deliverable.ts'
import { measureBytes } from '#lib/samples/measure-bytes.ts'
import { storeDeliverable } from '#lib/samples/pack-deliverable.ts'
import type { Services } from '#lib/services.ts'
import type { AnalysisOutcome, AnalysisTask, Analyzer, MadeFile } from './analyzer.ts'
import { attemptFilesOf } from './remove-run-files.ts'
import type { Run, RunInput, RunNote } from './run.ts'

export interface StoredOutcome extends Pick<AnalysisOutcome, 'qc' | 'checks' | 'sketch'> {
  files: Omit<Deliverable, 'id' | 'sampleId'>[]
}

interface StoredRun {
  run: Run
  /** Of this start of the run. */
  attempt: number
  projectId: string
  about: NonNullable<AnalysisTask['about']>
  settings: ProjectSettings
  note: (note: RunNote) => Promise<void>
}

/**
 * Run every analyzer of the run's kind, one after the other, and store what they made. The keys carry the attempt, so
 * that a worker that lost the run never overwrites what another one published. The original is not stored again: its
 * deliverable is the accepted file itself. Nothing is published here.
 */
export function analyseAndStore(
  { storage, scratch, analyzers }: Pick<Services, 'storage' | 'scratch' | 'analyzers'>,
  { run, attempt, projectId, about, settings, note }: StoredRun,
  signal: AbortSignal,
): Promise<StoredOutcome> {
  const { id: runId, sampleId, input } = run
  const bytesOf = (path: string) => unlessAborted(scratch.read(path), signal)
  const storeMade: Store = async ({ fileType, extension, path, sha256 }) => {
    const name = deliverableName(sampleId, fileType, extension)
    const place = `${attemptFilesOf(run, attempt)}${name}`
    const stored = await storeDeliverable(storage, { fileType, place }, bytesOf(path))
    if (sha256 !== undefined && stored.sha256 !== sha256)
      throw new Error('A made file changed before it was stored')
    return { fileType, name, ...stored }
  }
  return scratch.withFolder((folder) => {
    const task = { runId, sampleId, attempt, projectId, about, settings, folder, note }
    if (input.kind === 'fastq') {
      return analyseInTurn(analyzers.fastq, { ...task, input, original: undefined }, storeMade, signal)
    }
    return storage.withLocalFile(input.storageKey, (original) => {
      const store: Store = async (file) => {
        const { fileType, extension, path } = file
        // Retention erases it together with this type alone.
        if (fileType !== 'array-zip' || path !== original) return storeMade(file)
        const measured = await measure(bytesOf(original))
        const name = deliverableName(sampleId, fileType, extension)
        return { fileType, name, storageKey: input.storageKey, ...measured }
      }
      return analyseInTurn(analyzers.array, { ...task, input, original }, store, signal)
    })
  }, sampleId)
}

async function measure(chunks: AsyncIterable<Uint8Array>): Promise<Stored> {
  const { passed, result } = measureBytes(chunks)
  for await (const _ of passed);
  return result()
}

type Store = (file: MadeFile) => Promise<StoredOutcome['files'][number]>

async function analyseInTurn<Input extends RunInput>(
  analyzers: readonly Analyzer<Input>[],
  task: Omit<AnalysisTask<Input>, 'before'>,
  store: Store,
  signal: AbortSignal,
): Promise<StoredOutcome> {
  let before: AnalysisOutcome = { qc: {}, checks: [], files: [] }
  const files: StoredOutcome['files'] = []
  for (const analyse of analyzers) {
    const made = await analyse({ ...task, before } as AnalysisTask<Input>, signal)
    for (const file of made.files) files.push(await store(file))
    before = {
      ...before,
      ...made,
      qc: { ...before.qc, ...made.qc },
      checks: [...before.checks, ...made.checks],
      files: [...before.files, ...made.files],
    }
  }
  return { ...before, files }
}

/** The same bytes, up to the abort: a run that was lost stores nothing more. */
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
