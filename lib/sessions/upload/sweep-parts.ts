import { tryEach } from '#lib/platform/try-each.ts'
import { workTime } from '#lib/platform/work-off.ts'
import type { Services } from '#lib/services.ts'
import type { UploadState } from './upload.ts'
import { selectStates } from './uploads-table.ts'

/** A part younger than this may have been made a moment before its row. */
const GRACE_MS = 3_600_000
const BATCH = 500

type Parts = Services['parts']
type Part = { id: string; modified: Date }
/** Whether no upload waits for this part any more: what is so once stays so. */
type Judged = { id: string; isAbandoned: boolean }

/**
 * Remove the bytes of parts that no upload waits for any more, for a while at most: a crash came between the row and the
 * removal. A part that cannot be removed holds up no other; rejects with the first such failure in the end.
 */
export async function sweepParts(services: Services): Promise<void> {
  const { parts } = services
  await tryEach(abandonedParts(services, workTime()), (id) => parts.withPartLock(id, () => parts.remove(id)))
}

/**
 * Where a sweep of this process ran out of time: the next goes on there, so that what fails slowly at the front does not
 * take the others' turn. A process that no longer sweeps keeps that one listing open.
 */
const leftAt = new WeakMap<Parts, AsyncGenerator<Judged>>()

async function* abandonedParts(services: Services, isOver: () => boolean): AsyncGenerator<string> {
  const { parts } = services
  const judged = leftAt.get(parts) ?? judgedParts(services)
  leftAt.delete(parts)
  while (!isOver()) {
    const { done, value } = await judged.next()
    if (done) return
    if (value.isAbandoned) yield value.id
  }
  leftAt.set(parts, judged)
}

async function* judgedParts({ db, parts }: Services): AsyncGenerator<Judged> {
  for await (const batch of batchesOf(parts.list())) {
    const states = await selectStates(
      db,
      batch.map(({ id }) => id),
    )
    for (const { id, modified } of batch) {
      const state = states.get(id)
      yield { id, isAbandoned: state ? OVER[state] : Date.now() - modified.getTime() >= GRACE_MS }
    }
  }
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

const OVER: Record<UploadState, boolean> = {
  receiving: false,
  checking: false,
  accepted: true,
  rejected: true,
  discarded: true,
}
