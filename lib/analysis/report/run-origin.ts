import { z } from 'zod'
import { html, type Markup } from './markup.ts'

/** What a report says of the run itself. */
export interface RunFacts {
  /** The partner's own name for the sample; null where there is none but its id. */
  reference: string | null
  /** When the run was queued: the same however often it is tried. */
  queuedAt: Date
  /** Name and version of this program. */
  program: string
}

/** Members that every document of a run has: which run of which sample it was, as the partner calls it, and by what. */
export const RunOrigin = z.object({
  sample_id: z.string(),
  run_id: z.string(),
  /** The partner's own name for the sample; null where it has none but its id. */
  reference: z.string().nullable(),
  /** Day (UTC) on which the run was queued, `YYYY-MM-DD`; null in what older versions measured. */
  queued_on: z.string().nullable(),
  made_by: z.object({
    /** Name and version of the program; null in what older versions measured. */
    program: z.string().nullable(),
    /** Version of the rules that judged. */
    rules: z.int(),
  }),
})
type RunOrigin = z.infer<typeof RunOrigin>

/** `about` is missing where nobody will ask which run it was. */
export const runOriginOf = (
  { sampleId, runId, about }: { sampleId: string; runId: string; about?: RunFacts | undefined },
  rulesVersion: number,
): RunOrigin => ({
  sample_id: sampleId,
  run_id: runId,
  reference: about?.reference ?? null,
  queued_on: about?.queuedAt.toISOString().slice(0, 10) ?? null,
  made_by: { program: about?.program ?? null, rules: rulesVersion },
})

/** The same at the head of a report. */
export const renderOrigin = ({ sample_id, run_id, reference, queued_on, made_by }: RunOrigin): Markup =>
  html`<p class="ids quiet">${reference === null ? undefined : html`Your reference ${reference}<br>`}Sample ${sample_id}<br>Run ${run_id}${queued_on === null ? undefined : html` of ${queued_on}`}<br>${made_by.program ?? 'Arraydrop'}, rules ${made_by.rules}</p>`
