import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Bytes of bodies between two collections. V8 itself starts a full collection at some tens of megabytes. */
const BYTES_MAX = 4 * 1_048_576

/**
 * Returns a function to call with the size of each finished body; every 4 MB it runs V8's minor collection. Network
 * buffers die young but are outside V8's heap, with few small objects attached, so V8 sees no reason for its cheap
 * collection until it has to mark the whole heap, several times per upload of 25 MB. That took two thirds of the CPU
 * time of an upload.
 */
export function runMinorGc(collect = minorCollection()): (bytes: number) => void {
  let waiting = 0
  return (bytes) => {
    waiting += bytes
    if (waiting < BYTES_MAX) return
    waiting = 0
    collect()
  }
}

/** V8's collector of young objects, which takes a millisecond or so. */
function minorCollection(): () => void {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as (options: { type: 'minor' }) => void
  setFlagsFromString('--no-expose-gc')
  return () => gc({ type: 'minor' })
}
