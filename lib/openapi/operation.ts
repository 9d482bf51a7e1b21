import { z } from 'zod'
import type { Right } from '#lib/access/role.ts'

/** A shape and its name in the document. */
export interface Named {
  name: string
  schema: z.ZodType
  /** Of a page: what it lists. */
  item?: Named
}

export const TAGS = {
  'Upload sessions': 'A link for one person and one raw data file.',
  Samples: 'What was received, its status, and its deliverables.',
  'FASTQ files': 'Sequencing reads in your own cloud storage, by URL.',
  Projects: 'Who owns samples, and their settings.',
  Pipelines: 'What an analysis does, and what a project can choose.',
  Insights: 'Counts, progress, and queues.',
  Webhooks: 'Notifications instead of polling.',
  'Keys and people': 'Who may use the API.',
  Doctor: 'What an upload needs, where you show the page.',
  Document: 'This document.',
} as const
export type Tag = keyof typeof TAGS

/** The description of every path parameter. A path with an unknown one throws. */
export const PATH_PARAMETERS = {
  sample_id: 'Id of the sample, as returned when its link was minted.',
  upload_id: 'Id of the FASTQ upload.',
  project_id: 'Id of the project.',
  file_id: 'Id of a deliverable: one of the `files` of a sample.',
  pipeline_id: 'Id of the pipeline.',
  capability_id: 'Id of the pipeline capability.',
  key_id: 'Id of the API key, which is not the key itself.',
  subscription_id: 'Id of the subscription.',
  notification_id: 'Id of the notification.',
  user_id: 'Id of the person.',
  invitation_id: 'Id of the invitation.',
  session_id: 'Id of the session.',
  code: 'Code that the page `/doctor` gave, with or without its hyphen.',
} as const

/** One method of one path of the partner API, as the document, the page `/docs` and the tests describe it. */
export interface Operation {
  /** `operationId`: a verb and a noun. */
  id: string
  tag: Tag
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** As it is usually written: collections end in a slash. Either form works. */
  path: string
  /** What the caller's role must allow; null: any signed-in caller; `public`: anyone. */
  right: Right | null | 'public'
  /** For a POST; without it, a repeated `Idempotency-Key` gets the first response. */
  idempotency?: 'itself' | 'never'
  summary: string
  /** More information, as a paragraph. */
  more?: string
  /** Gencove's API has no such path. */
  ours?: true
  query?: z.ZodObject
  body?: Named
  /** Accepts form bodies as well as JSON. */
  forms?: true
  answer: Answer
  /** Refusals that only this operation has, with descriptions. */
  refusals?: Partial<Record<number, string>>
  /** An example query, where a call with an API key needs one. */
  exampleQuery?: string
  /** An example body. */
  example?: Record<string, unknown>
}

export interface Answer {
  status: 200 | 201 | 202 | 204
  words: string
  /** Null: the response is empty. */
  body: Named | null
  /** Media type, unless it is JSON. */
  media?: string
}

export const named = (name: string, schema: z.ZodType): Named => ({ name, schema })

/** The same fields with descriptions; leaving one out does not compile. */
export function described<Shape extends Record<string, z.ZodType>>(
  schema: z.ZodObject<Shape>,
  words: Record<keyof Shape & string, string>,
): z.ZodObject {
  return explained(schema, words)
}

/** The same fields, some with descriptions. */
export function explained<Shape extends Record<string, z.ZodType>>(
  { shape, def }: z.ZodObject<Shape>,
  words: Partial<Record<keyof Shape & string, string>>,
): z.ZodObject {
  const same = z.object(
    Object.fromEntries(
      Object.entries(shape).map(([field, type]) => {
        const sentence = words[field]
        return [field, sentence === undefined ? type : type.describe(sentence)]
      }),
    ),
  )
  // Strict, if the shape is.
  return def.catchall ? same.catchall(def.catchall as z.ZodType) : same
}

/** Names in the path, in order. */
export const pathParameters = (path: string): (keyof typeof PATH_PARAMETERS)[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => {
    if (!Object.hasOwn(PATH_PARAMETERS, name!)) throw new Error(`No words for the path parameter ${name}`)
    return name as keyof typeof PATH_PARAMETERS
  })
