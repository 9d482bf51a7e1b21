import type { InflatedHead, PackedHead } from '#lib/genotype/zip/inflate-head.ts'
import { packOneEntry } from './pack-one-entry.ts'

/**
 * `InflateHead` by JSZip, loaded when it is first needed; rejects when it cannot be loaded. JSZip never sees the
 * original archive, only a one-entry archive that we build around the slice, and the stream is dropped as soon as
 * there is enough: `.async()` would unpack a zip bomb completely.
 */
export async function inflateWithJSZip(head: PackedHead): Promise<InflatedHead> {
  const { default: JSZip } = await import('jszip')
  const archive = await JSZip.loadAsync(packOneEntry(head.packed))
  const [entry] = archive.file(/./)
  if (!entry) return { text: new Uint8Array(0), produced: 0 }
  return collect((entry as typeof entry & Streamable).internalStream('uint8array'), head.bytesMax)
}

/** Documented by JSZip, and missing in its types. */
interface Streamable {
  internalStream(type: 'uint8array'): Stream
}

/** The part of JSZip's stream helper used here. */
interface Stream {
  on(event: 'data', listen: (chunk: Uint8Array) => void): Stream
  on(event: 'end', listen: () => void): Stream
  on(event: 'error', listen: (error: Error) => void): Stream
  resume(): Stream
  pause(): Stream
}

function collect(stream: Stream, bytesMax: number): Promise<InflatedHead> {
  return new Promise((resolve) => {
    const text = new Uint8Array(bytesMax)
    let produced = 0
    const finish = () => resolve({ text: text.slice(0, Math.min(produced, bytesMax)), produced })
    stream
      .on('data', (chunk) => {
        if (produced < bytesMax) text.set(chunk.subarray(0, bytesMax - produced), produced)
        produced += chunk.length
        if (produced < bytesMax) return
        stream.pause()
        // The inflater may still be in the middle of its step and call again: what it produces is counted, not kept.
        queueMicrotask(finish)
      })
      .on('end', finish)
      // A slice always ends early, and JSZip reports that its size is not the one we made up.
      .on('error', finish)
      .resume()
  })
}
