import { tryEach } from './try-each.ts'

/** How long one step of the sweep works on a backlog: the next sweep continues, and the steps behind it have their turn. */
const WORK_MS = 60_000

/** What tells a step of the sweep, or other work of so many milliseconds, that begins now whether it has worked long enough. */
export function workTime(milliseconds = WORK_MS): () => boolean {
  const end = performance.now() + milliseconds
  return () => performance.now() > end
}

/** Batch after batch, until one says that it was the last, or for as long as a step may work. */
export async function workOff(batch: () => Promise<boolean>, isOver = workTime()): Promise<void> {
  while (!isOver() && (await batch()));
}

/** The same for each of these, in the time of one step. What fails for one keeps no other from its turn. */
export const workOffEach = <Item>(
  items: Iterable<Item>,
  batch: (item: Item) => Promise<boolean>,
): Promise<void> => {
  const isOver = workTime()
  return tryEach(items, (item) => workOff(() => batch(item), isOver))
}
