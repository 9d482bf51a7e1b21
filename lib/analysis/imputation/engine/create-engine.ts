import type { ImputationSettings } from '#lib/platform/env.ts'
import type { RunLeashed } from '#lib/platform/leash/run-leashed.ts'
import { createBeagle } from './create-beagle.ts'
import { createMinimac4 } from './create-minimac4.ts'
import type { ImputationEngine } from './engine.ts'

/** The engine that the environment names. Throws `EngineFailure` when it is not there. */
export const createEngine = (surroundings: {
  runLeashed: RunLeashed
  searchPath: string
  settings: Omit<ImputationSettings, 'panels' | 'processes'>
}): Promise<ImputationEngine> =>
  surroundings.settings.engine === 'minimac4' ? createMinimac4(surroundings) : createBeagle(surroundings)
