import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** So many bytes of bodies may wait for the collector: V8 itself begins a whole collection at some tens of megabytes. */
const BYTES_MAX = 4 * 1_048_576

/**
 * Tell it of the bytes of each body that is done with; once they are 4 MB it collects what died young. Network buffers
 * die young but lie outside of V8's heap, and few small objects come with them: V8 sees no need for its cheap
 * collection until they weigh so much that it marks the whole heap, several times an upload of 25 MB. That took
 * two thirds of the CPU an upload cost.
 */
export function collectYoung(collect = minorCollection()): (bytes: number) => void {
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
