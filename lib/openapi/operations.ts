import { z } from 'zod'
import { named, type Operation } from './operation.ts'
import { DOCTOR_OPERATIONS } from './operations/doctor-operations.ts'
import { FASTQ_OPERATIONS } from './operations/fastq-operations.ts'
import { INSIGHT_OPERATIONS } from './operations/insight-operations.ts'
import { KEY_OPERATIONS } from './operations/key-operations.ts'
import { PEOPLE_OPERATIONS } from './operations/people-operations.ts'
import { PROJECT_OPERATIONS } from './operations/project-operations.ts'
import { SAMPLE_OPERATIONS } from './operations/sample-operations.ts'
import { SESSION_OPERATIONS } from './operations/session-operations.ts'
import { WEBHOOK_OPERATIONS } from './operations/webhook-operations.ts'

const THIS_DOCUMENT: Operation = {
  id: 'getDocument',
  tag: 'Document',
  method: 'GET',
  path: '/api/v2/openapi.json',
  right: 'public',
  ours: true,
  summary: 'Get this document',
  answer: {
    status: 200,
    words: 'OpenAPI 3.1.',
    body: named('OpenApiDocument', z.looseObject({ openapi: z.string() })),
  },
}

/** Every operation of the partner API. A test compares the list with the routes in both directions. */
export const OPERATIONS: readonly Operation[] = [
  ...SESSION_OPERATIONS,
  ...SAMPLE_OPERATIONS,
  ...FASTQ_OPERATIONS,
  ...INSIGHT_OPERATIONS,
  ...WEBHOOK_OPERATIONS,
  ...PROJECT_OPERATIONS,
  ...KEY_OPERATIONS,
  ...PEOPLE_OPERATIONS,
  ...DOCTOR_OPERATIONS,
  THIS_DOCUMENT,
]
