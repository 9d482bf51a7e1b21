import type { NamedSample } from '#lib/samples/reference.ts'
import type { Likeness } from './compare-sketches.ts'

/** A sketch and the id of the key that it was made with. */
export interface Sketch {
  kid: string
  bytes: Uint8Array
}

/** Two samples of one project that seem to be of one person. The later one comes first. */
export interface SamePerson extends Pick<Likeness, 'shared' | 'agreeing'> {
  sampleId: string
  otherId: string
}

/** With what the partner calls both. */
export interface SamePersonNamed extends Pick<Likeness, 'shared' | 'agreeing'> {
  sample: NamedSample
  other: NamedSample
}
