import { z } from 'zod'

/** Samples of one request: each is worked on by itself. */
const SAMPLES_MAX = 1_000
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i

/** An id with or without hyphens, as Gencove's tools send it; given as the database writes it. */
const SampleId = z
  .string('Must be a valid UUID.')
  .regex(UUID, 'Must be a valid UUID.')
  .transform((id) =>
    id
      .toLowerCase()
      .replaceAll('-', '')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
  )

/** The body of requests about several samples of a project: `{"sample_ids": […]}`, in Django REST's words. */
export const SampleIds = z.object({
  sample_ids: z
    .array(SampleId, {
      error: ({ input }) =>
        input === undefined
          ? 'This field is required.'
          : input === null
            ? 'This field may not be null.'
            : 'Expected a list of items.',
    })
    .min(1, 'This list may not be empty.')
    .max(SAMPLES_MAX, `Ensure this field has no more than ${SAMPLES_MAX} elements.`)
    .transform((ids) => [...new Set(ids)]),
})
