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

/** With the partner's names for both. */
export interface SamePersonNamed extends SamePerson {
  clientId: string
  otherClientId: string
}
