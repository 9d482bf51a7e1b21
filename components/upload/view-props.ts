import type { Device } from './device.ts'
import type { Stage, StageName, UploadModel } from './visit/visit-model.ts'
import type { UploadActions } from './visit/visit-controller.ts'
import type { Amounts } from './words/amounts.ts'
import type { Values } from './words/fill.ts'
import type { Words } from './words/words.ts'

/** All that any part of the page is drawn from. */
export interface ViewProps {
  model: UploadModel
  words: Words
  amounts: Amounts
  actions: UploadActions
  device: Device
  /** Gaps that every sentence may have: `{partner}`, `{limit}`, `{vendor}`. */
  values: Values
}

/** The props of a part that draws only some stages. */
export type StageProps<Name extends StageName> = ViewProps & { stage: Extract<Stage, { name: Name }> }
