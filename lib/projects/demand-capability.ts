import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'

/** Throws 400 for a capability that this installation does not have; a project keeps one that it has already. */
export function demandCapability(
  { capabilities }: Pick<Services, 'capabilities'>,
  wanted: string | undefined,
  kept?: string,
): void {
  if (wanted === undefined || wanted === kept || capabilities.some(({ id }) => id === wanted)) return
  throw new Problem('invalid', 'Some fields are not valid.', {
    fields: { pipeline_capabilities: ['Invalid pk - object does not exist.'] },
  })
}
