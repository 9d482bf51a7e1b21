import type { Services } from '#lib/services.ts'
import { selectUnfinished } from './uploads-table.ts'

/** A part younger than this may have been made a moment before its row. */
const GRACE_MILLISECONDS = 3_600_000
const BATCH = 500

/** Remove the bytes of parts that no upload waits for any more: a crash came between the row and the removal. */
export async function sweepParts({ db, parts }: Services): Promise<void> {
  let batch: string[] = []
  const flush = async () => {
    const unfinished = await selectUnfinished(db, batch)
    for (const id of batch) if (!unfinished.has(id)) await parts.exclusively(id, () => parts.remove(id))
    batch = []
  }
  for await (const { id, modified } of parts.list()) {
    if (Date.now() - modified.getTime() < GRACE_MILLISECONDS) continue
    batch.push(id)
    if (batch.length === BATCH) await flush()
  }
  await flush()
}
