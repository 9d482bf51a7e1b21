import type { QueryClient } from '@tanstack/react-query'

interface Taken<Answer> {
  /** Beginnings of the paths to request again. */
  renews: readonly string[]
  answered?: ((answer: Answer) => void) | undefined
}

/**
 * Takes the answer to a change: `answered` has it at once, however long the pages take that the change renews, and whether
 * or not they can be had. Without it, the promise waits for them: until then the page shows how things were.
 */
export async function takeAnswer<Answer>(
  client: QueryClient,
  answer: Answer,
  { renews, answered }: Taken<Answer>,
): Promise<void> {
  answered?.(answer)
  const renewed = renew(client, renews)
  if (!answered) await renewed
}

/** Requests again what begins with one of these paths. */
export const renew = (client: QueryClient, renews: readonly string[]): Promise<void> =>
  client.invalidateQueries({
    predicate: ({ queryKey: [asked] }) => renews.some((start) => String(asked).startsWith(start)),
  })
