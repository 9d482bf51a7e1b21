import type { ImputationSettings } from '#lib/platform/env.ts'
import type { LeashedEnd, RunLeashed } from '#lib/platform/leash/run-leashed.ts'
import { TailLog } from './tail-log.ts'

/** Without processor time for so long, a program hangs: its main thread can die and leave others behind. */
const STALL_SECONDS = 120
/** Time for a region: a few milliseconds a site are the slowest ever seen, and a little for the start. */
const SECONDS_MIN = 600
const SECONDS_PER_SITE = 0.005
const VERSION_SECONDS = 60

/** What an engine is made of: the leash, where programs are looked for, and the settings that it needs. */
export interface EngineSurroundings<Setting extends keyof ImputationSettings> {
  runLeashed: RunLeashed
  searchPath: string
  settings: Pick<ImputationSettings, Setting>
  stallSeconds?: number
}

interface Called {
  file: string
  args: string[]
  cwd: string
}

export type ProgramCalls = ReturnType<typeof programCalls>

/** How the programs of an engine are called: on the leash, with nothing of this process's environment but PATH. */
export function programCalls({
  runLeashed,
  searchPath,
  stallSeconds = STALL_SECONDS,
}: Omit<EngineSurroundings<never>, 'settings'>) {
  const environment = { PATH: searchPath, LANG: 'C.UTF-8' }
  const call = async (
    program: Called & { seconds: number; stallSeconds?: number },
    signal: AbortSignal,
  ): Promise<{ end: LeashedEnd; printed: string }> => {
    const said = new TailLog()
    const end = await runLeashed({ ...program, environment }, said, signal)
    return { end, printed: said.text() }
  }
  return {
    /** What a program prints about itself. */
    ask: async (program: Called): Promise<string> =>
      (await call({ ...program, seconds: VERSION_SECONDS }, new AbortController().signal)).printed,
    /** Run a program on a region with so many sites. Resolves with how it ended and the last of what it printed. */
    run: (program: Called, sites: number, signal: AbortSignal) =>
      call({ ...program, seconds: SECONDS_MIN + sites * SECONDS_PER_SITE, stallSeconds }, signal),
  }
}
