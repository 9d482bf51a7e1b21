import { Readable } from 'node:stream'
import { Upload } from '@tus/utils'
import type { PartStore } from './part-store.ts'

/**
 * Move unfinished uploads from one store to another after an operator switched storage; resolves with their number. None
 * is lost or left behind. Safe in several processes at once, and after a crash at any point.
 */
export async function moveParts(from: PartStore, to: PartStore): Promise<number> {
  let moved = 0
  for await (const { id } of from.list()) {
    await to.withPartLock(id, async () => {
      // Another process was first.
      if ((await from.offset(id)) === undefined) return
      const noted = await from.tus.getUpload(id).catch(() => undefined)
      if (noted) {
        // What a move that was cut off had brought over.
        await to.remove(id)
        await to.tus.create(new Upload({ ...noted, id, offset: 0 }))
        await to.tus.write(Readable.from(copiesOf(await from.read(id))), id, 0)
        moved++
      }
      await from.remove(id)
    })
  }
  return moved
}

async function* copiesOf(chunks: AsyncIterable<Uint8Array>) {
  for await (const chunk of chunks) yield Buffer.from(chunk)
}
