import type { QueryClient } from '@tanstack/react-query'

interface Taken<Answer> {
  answered?: ((answer: Answer) => void) | undefined
  /** See `renew`. */
  gone?: string | undefined
}

/**
 * Takes the answer to a change: `answered` has it at once, however long the pages take that are asked for again, and whether
 * or not they can be had. Without it, the promise waits for them: until then the page shows how things were.
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

/**
 * After any change, everything that is shown is requested again now, and what was shown before when it is shown the next
 * time: a change may show in any answer, such as a setting in the quality of a project. `gone` is the id of what the change
 * deleted: answers about it alone are not requested again, they are gone with their page.
 */
export async function renew(client: QueryClient, gone?: string): Promise<void> {
  const isGone = (path: unknown) => gone !== undefined && String(path).includes(gone)
  await Promise.all([
    client.invalidateQueries({ predicate: ({ queryKey: [path] }) => !isGone(path) }),
    client.invalidateQueries({ predicate: ({ queryKey: [path] }) => isGone(path), refetchType: 'none' }),
  ])
}
