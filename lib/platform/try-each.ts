/**
 * Do this for each, one after the other, whether or not it fails for some: none keeps the others from their turn. Rejects
 * with the first failure in the end.
 */
export async function tryEach<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  act: (item: Item) => Promise<unknown>,
): Promise<void> {
  const failures: unknown[] = []
  for await (const item of items) await act(item).catch((error: unknown) => void failures.push(error))
  if (failures.length > 0) throw failures[0]
}
