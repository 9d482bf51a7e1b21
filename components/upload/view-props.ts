import type { Device } from './device.ts'
import type { VisitControls } from './visit/visit-controls.ts'
import type { Stage, StageName, VisitModel } from './visit/visit-model.ts'
import type { Amounts } from './words/amounts.ts'
import type { Values } from './words/phrase.tsx'
import type { Words } from './words/words.ts'

/** Everything that a part of the page is drawn from. */
export interface ViewProps {
  model: VisitModel
  words: Words
  amounts: Amounts
  controls: VisitControls
  device: Device
  /** Values for the gaps that any sentence may have: `{partner}`, `{limit}`, `{vendor}`. */
  values: Values
}

/** The props of a part that draws only some stages. */
export type StageProps<Name extends StageName> = ViewProps & { stage: Extract<Stage, { name: Name }> }
