import { createHash } from 'node:crypto'
import type { TargetCall } from './align-rows.ts'

/** Of 256. */
const HIDDEN_PARTS = 26

/** Hide a tenth of the calls, always the same for the same seed, so that what is imputed in their place can be compared. */
export function maskCalls(
  calls: readonly TargetCall[],
  seed: string,
): { shown: TargetCall[]; hidden: TargetCall[] } {
  const shown: TargetCall[] = []
  const hidden: TargetCall[] = []
  for (const call of calls) {
    const [drawn] = createHash('sha256').update(`${seed} ${call.site}`).digest()
    if (drawn! < HIDDEN_PARTS) hidden.push(call)
    else shown.push(call)
  }
  return { shown, hidden }
}
