import type { SampleDetails } from '#lib/samples/wire.ts'

/** What people call a sample, where one line names it: what the partner calls it, if anything; its client id is otherwise a UUID. */
export const nameSample = ({
  reference,
  client_id,
}: Pick<SampleDetails, 'reference' | 'client_id'>): string => reference ?? client_id
