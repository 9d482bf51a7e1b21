import { tooLong } from '#lib/wire/fields.ts'
import type { RNotation } from './map/destination.ts'
import { refuseClientId } from './map/refuse-client-id.ts'

const DESTINATION_CHARACTERS_MAX = 1_024
const PREFIX = 'gncv://'

/** What the name of a destination says of the file that goes there. */
export interface ReadDestination {
  clientId: string
  rNotation: RNotation
  /** The same for both files of a pair, and for no other. */
  pairPath: string
}

/** Illumina's way to name files, `SAMPLE_S1_L001_R1_001.fastq.gz`, of which `SAMPLE_R1.fastq.gz` is the shortest form. */
const NAME = /^([^_]*)_(?:.*_)?R([12])((?:_.*)?\.(?:fastq|fq)\.(?:gz|bgz))$/u
/** Controls, and what separates lines. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u

/** The sample and the half of a pair that a destination (`gncv://…`) is for; or why it cannot be one, in words. */
export function readDestination(path: string): ReadDestination | { refusal: string } {
  if (!path.startsWith(PREFIX)) return { refusal: `The destination must start with ${PREFIX}` }
  if ([...path].length > DESTINATION_CHARACTERS_MAX) {
    return { refusal: tooLong(DESTINATION_CHARACTERS_MAX) }
  }
  if (UNPRINTABLE.test(path)) return { refusal: 'The destination holds characters that cannot be shown.' }
  const start = path.lastIndexOf('/') + 1
  const match = NAME.exec(path.slice(start))
  if (!match) return { refusal: UNNAMED }
  const [name, clientId, half, rest] = match as unknown as [string, string, '1' | '2', string]
  const refusal = refuseClientId(clientId)
  if (refusal !== undefined) return { refusal: `${refusal}.` }
  const before = name.slice(0, name.length - rest.length - 1)
  return { clientId, rNotation: `R${half}`, pairPath: `${path.slice(0, start)}${before}*${rest}` }
}

const UNNAMED =
  'The name at the end of the destination must be like client-id_R1.fastq.gz or client-id_S1_L001_R1_001.fastq.gz.'
