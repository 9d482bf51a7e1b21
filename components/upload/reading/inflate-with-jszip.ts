import type { Inflater } from '#lib/genotype/zip/inflate-head.ts'
import { loadWithin } from '../load-within.ts'
import { packOneEntry } from './pack-one-entry.ts'

/**
 * `Inflater` by JSZip, loaded when it is first needed; rejects when it does not load. It is JSZip's own build for
 * browsers: a bundler would add Node's streams to the other one, at twice the size, with code that our policy refuses. JSZip
 * never sees the original archive, only a one-entry archive that we build around the packed bytes, and the stream is dropped as soon as there is
 * enough: `.async()` would unpack a zip bomb completely.
 */
export const JSZIP_INFLATER: Inflater = {
  async head({ packed, bytesMax }) {
    const text = new Uint8Array(bytesMax)
    let produced = 0
    await inflate(packed, (chunk) => {
      if (produced < bytesMax) text.set(chunk.subarray(0, bytesMax - produced), produced)
      produced += chunk.length
      return produced < bytesMax
    })
    return { text: text.slice(0, Math.min(produced, bytesMax)), produced }
  },
  whole: async (packed, onText) => {
    let wanted = true
    await inflate(packed, (chunk) => {
      wanted &&= onText(chunk)
      return wanted
    })
  },
}

/** Resolves at the end of the text, at an error in it, or once `onText` has returned false. */
async function inflate(packed: Uint8Array, onText: (chunk: Uint8Array) => boolean): Promise<void> {
  const { default: JSZip } = await loadWithin(() => import('jszip/dist/jszip.min.js'))
  const archive = await JSZip.loadAsync(packOneEntry(packed))
  const [entry] = archive.file(/./)
  if (entry) await follow((entry as typeof entry & Streamable).internalStream('uint8array'), onText)
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

function follow(stream: Stream, onText: (chunk: Uint8Array) => boolean): Promise<void> {
  return new Promise((resolve) => {
    stream
      .on('data', (chunk) => {
        if (onText(chunk)) return
        stream.pause()
        // The inflater may still be in the middle of its step and call again: what it produces is counted, not kept.
        queueMicrotask(resolve)
      })
      .on('end', resolve)
      // A slice always ends early, and JSZip reports that its size is not the one we made up.
      .on('error', () => resolve())
      .resume()
  })
}
