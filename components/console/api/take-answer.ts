import type { QueryClient } from '@tanstack/react-query'

interface Taken<Answer> {
  answered?: ((answer: Answer) => void) | undefined
  /** See `renew`. */
  gone?: string | undefined
}

/**
 * Takes the answer to a change: `answered` has it at once, however long the pages take that are asked for again, and whether
 * or not they can be had. Without it, the promise waits for them as `renew` does: until then the page shows how things were.
 */
export async function takeAnswer<Answer>(
  client: QueryClient,
  answer: Answer,
  { answered, gone }: Taken<Answer>,
): Promise<void> {
  answered?.(answer)
  const renewed = renew(client, gone)
  if (!answered) await renewed
}

/** What is asked for again is mostly there by then. What is late, or fails and is repeated, holds up nobody any longer. */
export const RENEWED_WITHIN_MS = 2_000

/**
 * After any change, everything that is shown is requested again now, and what was shown before when it is shown the next
 * time: a change may show in any answer, such as a setting in the quality of a project. Waits for the answers, but no longer
 * than RENEWED_WITHIN_MS. `gone` is the id of what the change deleted: answers whose path names it are not requested again,
 * they are gone with their page.
 */
export async function renew(client: QueryClient, gone?: string): Promise<void> {
  const isGone = (path: unknown) => gone !== undefined && String(path).includes(gone)
  const renewed = Promise.all([
    client.invalidateQueries({ predicate: ({ queryKey: [path] }) => !isGone(path) }),
    client.invalidateQueries({ predicate: ({ queryKey: [path] }) => isGone(path), refetchType: 'none' }),
  ])
  const late = new Promise((resolve) => setTimeout(resolve, RENEWED_WITHIN_MS))
  await Promise.race([renewed, late])
}
