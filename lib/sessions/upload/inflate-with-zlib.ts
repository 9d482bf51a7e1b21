import { constants, inflateRawSync } from 'node:zlib'
import type { InflatedHead, PackedHead } from '#lib/genotype/zip/inflate-head.ts'

/** `InflateHead` by Node's zlib, for the thread that checks archives. One step of packed bytes makes 8.4 MB at most. */
export async function inflateWithZlib({ packed, bytesMax }: PackedHead): Promise<InflatedHead> {
  try {
    const text = inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH })
    return { text: new Uint8Array(text.subarray(0, bytesMax)), produced: text.length }
  } catch {
    return { text: new Uint8Array(0), produced: 0 }
  }
}
