import { tryEach } from '#lib/platform/try-each.ts'
import type { Services } from '#lib/services.ts'
import type { UploadState } from './upload.ts'
import { selectStates } from './uploads-table.ts'

/** A part younger than this may have been made a moment before its row. */
const GRACE_MS = 3_600_000
const BATCH = 500

type Part = { id: string; modified: Date }

/** Remove the bytes of parts that no upload waits for any more: a crash came between the row and the removal. */
export async function sweepParts(services: Services): Promise<void> {
  await tryEach(batchesOf(services.parts.list()), (batch) => sweepBatch(services, batch))
}

async function* batchesOf(parts: AsyncIterable<Part>): AsyncGenerator<Part[]> {
  let batch: Part[] = []
  for await (const part of parts) {
    batch.push(part)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  yield batch
}

async function sweepBatch({ db, parts }: Services, batch: Part[]): Promise<void> {
  const states = await selectStates(
    db,
    batch.map(({ id }) => id),
  )
  await tryEach(batch, async ({ id, modified }) => {
    const state = states.get(id)
    const abandoned = state ? OVER[state] : Date.now() - modified.getTime() >= GRACE_MS
    if (abandoned) await parts.withPartLock(id, () => parts.remove(id))
  })
}

const OVER: Record<UploadState, boolean> = {
  receiving: false,
  checking: false,
  accepted: true,
  rejected: true,
  discarded: true,
}
