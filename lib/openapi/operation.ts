import { z } from 'zod'
import type { Right } from '#lib/access/role.ts'

/** A shape with the name that it has in the document. */
export interface Named {
  name: string
  schema: z.ZodType
}

export const TAGS = {
  'Upload sessions': 'A link for one person and one raw data file.',
  Samples: 'What was received, how far it is, and what was made of it.',
  'FASTQ files': 'Sequencing reads that lie in your cloud, by URL.',
  Projects: 'Who owns samples, and by which rules.',
  Insights: 'How many, how far, and what is still to do.',
  Webhooks: 'Being told instead of asking.',
  'Keys and people': 'Who may call.',
  Document: 'This document.',
} as const
export type Tag = keyof typeof TAGS

/** Every name that a path may hold, in words. A path with another one does not build. */
export const PATH_PARAMETERS = {
  sample_id: 'Id of the sample: what minting its link answered.',
  upload_id: 'Id of the FASTQ upload.',
  project_id: 'Id of the project.',
  file_id: 'Id of a deliverable: one of the `files` of a sample.',
  capability_id: 'Id of the pipeline capability.',
  key_id: 'Id of the API key. It is not the key.',
  subscription_id: 'Id of the subscription.',
  notification_id: 'Id of the notification.',
  user_id: 'Id of the person.',
  invitation_id: 'Id of the invitation.',
  session_id: 'Id of the session.',
} as const

/** One method of one path of the partner API: what the document, the page `/docs` and the tests know of it. */
export interface Operation {
  /** `operationId`: a verb and a noun. */
  id: string
  tag: Tag
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** As it is usually written: collections end in a slash. Either form works. */
  path: string
  /** What the caller's role must allow; null: whoever is known; `public`: anyone. */
  right: Right | null | 'public'
  /** Of a POST; without it, a repeated `Idempotency-Key` gets the first answer. */
  idempotency?: 'itself' | 'never'
  summary: string
  /** What else there is to know, as a paragraph. */
  more?: string
  /** Gencove's API has no such path. */
  ours?: true
  query?: z.ZodObject
  body?: Named
  /** Form bodies are read as well as JSON. */
  forms?: true
  answer: Answer
  /** Statuses that only this operation refuses with, in words. */
  refusals?: Partial<Record<number, string>>
  /** A query to show, where a call with an API key needs one. */
  exampleQuery?: string
  /** A body to show. */
  example?: Record<string, unknown>
}

export interface Answer {
  status: 200 | 201 | 202 | 204
  words: string
  /** Null: the answer is empty. */
  body: Named | null
  /** Other than JSON. */
  media?: string
}

export const named = (name: string, schema: z.ZodType): Named => ({ name, schema })

/** The same fields with words; a field without words does not compile. */
export function described<Shape extends Record<string, z.ZodType>>(
  schema: z.ZodObject<Shape>,
  words: Record<keyof Shape & string, string>,
): z.ZodObject {
  return explained(schema, words)
}

/** The same fields, some of them with words. */
export function explained<Shape extends Record<string, z.ZodType>>(
  { shape }: z.ZodObject<Shape>,
  words: Partial<Record<keyof Shape & string, string>>,
): z.ZodObject {
  return z.object(
    Object.fromEntries(
      Object.entries(shape).map(([field, type]) => {
        const sentence = words[field]
        return [field, sentence === undefined ? type : type.describe(sentence)]
      }),
    ),
  )
}

/** Names in the path, in order. */
export const pathParameters = (path: string): (keyof typeof PATH_PARAMETERS)[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => {
    if (!Object.hasOwn(PATH_PARAMETERS, name!)) throw new Error(`No words for the path parameter ${name}`)
    return name as keyof typeof PATH_PARAMETERS
  })
