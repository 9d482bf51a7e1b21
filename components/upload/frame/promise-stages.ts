import type { StageName } from '../visit/visit-model.ts'

/** Of the note's heading, where the line beside the first button leads. */
export const TRUST_ID = 'trust'

/** Stages in which a file is, or may still be, handed over. */
export const BEFORE_ARRIVAL: readonly StageName[] = [
  'ready',
  'no_file_yet',
  'reading',
  'checked',
  'uploading',
  'verifying',
  'rejected',
]

/** True where the note says more than two links: on wide screens it then gets a column of its own. */
export const hasPromises = (stage: StageName): boolean =>
  BEFORE_ARRIVAL.includes(stage) || stage === 'received' || stage === 'loading'
