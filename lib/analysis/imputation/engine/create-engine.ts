import type { ImputationSettings } from '#lib/platform/env.ts'
import type { EngineSurroundings } from './call-program.ts'
import { createBeagle } from './create-beagle.ts'
import { createMinimac4 } from './create-minimac4.ts'
import type { ImputationEngine } from './engine.ts'

/** The engine that the environment names. Throws `EngineFailure` when it is not there. */
export const createEngine = (
  surroundings: EngineSurroundings<Exclude<keyof ImputationSettings, 'panels'>>,
): Promise<ImputationEngine> =>
  surroundings.settings.engine === 'minimac4' ? createMinimac4(surroundings) : createBeagle(surroundings)
