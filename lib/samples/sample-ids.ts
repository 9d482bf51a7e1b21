import { z } from 'zod'
import { listOf, UuidOfTools } from '#lib/wire/fields.ts'

/** Samples of one request: each is worked on by itself. */
const SAMPLES_MAX = 1_000

/** The body of requests about several samples of a project: `{"sample_ids": […]}`. */
export const SampleIds = z.object({ sample_ids: listOf(UuidOfTools, SAMPLES_MAX) })
