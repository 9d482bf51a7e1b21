import { createHash } from 'node:crypto'
import type { Marker } from './align-rows.ts'

/** Of 256. */
const HIDDEN_PARTS = 26
const DIGEST_BYTES = 32

/**
 * Hide a tenth of the markers, always the same for the same seed and number of markers, so that what is imputed in their
 * place can be compared.
 */
export function maskCalls(markers: readonly Marker[], seed: string): { shown: Marker[]; hidden: Marker[] } {
  const shown: Marker[] = []
  const hidden: Marker[] = []
  let drawn: Uint8Array = new Uint8Array()
  for (const [at, marker] of markers.entries()) {
    const place = at % DIGEST_BYTES
    if (place === 0) drawn = createHash('sha256').update(`${seed} ${at}`).digest()
    if (drawn[place]! < HIDDEN_PARTS) hidden.push(marker)
    else shown.push(marker)
  }
  return { shown, hidden }
}
