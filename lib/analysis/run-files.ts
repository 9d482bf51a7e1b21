import type { Run } from './run.ts'

type RunIds = Pick<Run, 'id' | 'sampleId'>

/** Prefix of everything a run stores: below its sample, so that whoever deletes that deletes this. */
export const runFilesOf = ({ id, sampleId }: RunIds): string => `samples/${sampleId}/runs/${id}/`

/** Key of what an operator's command said during a run: for operators alone, since it may hold anything. */
export const runLogOf = (run: RunIds): string => `${runFilesOf(run)}log`
