import type { NetworkTrouble } from '#lib/sessions/embed-messages.ts'
import type { ContactProblem } from '../visit/visit-model.ts'
import type { Explained, Words } from './words.ts'

/** What keeps the file from arriving, and what the person can do about it. */
export function explainTrouble(
  { network, unreachable, uploading }: Words,
  trouble: NetworkTrouble,
): Explained {
  switch (trouble) {
    case 'no_answer':
      return { what: uploading.stalled, mend: '' }
    case 'body_too_large':
      return { what: network.tooLarge, mend: network.mend }
    case 'headers_removed':
    case 'authorization_removed':
      return { what: network.removed, mend: network.mend }
    case 'foreign_page':
      return unreachable.foreign_reply
    case 'gateway_error':
    case 'service_error':
      return unreachable.service
    case 'forbidden':
    case 'method_blocked':
    case 'length_required':
    case 'headers_too_large':
      return { what: network.blocked, mend: network.mend }
    default:
      return trouble satisfies never
  }
}

/** Why the server cannot be reached, and what the person can do about it. */
export function explainSilence(
  { network, unreachable }: Words,
  problem: ContactProblem,
): Explained & { heading: string } {
  if (problem !== 'token_removed') return unreachable[problem]
  return { heading: unreachable.foreign_reply.heading, what: network.removed, mend: network.mend }
}
