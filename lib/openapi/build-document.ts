import { type Components, componentSchemas } from './component-schemas.ts'
import { describeDeliveries } from './describe-deliveries.ts'
import { type JsonSchema, jsonSchema } from './json-schema.ts'
import { type Named, type Operation, PATH_PARAMETERS, pathParameters, TAGS } from './operation.ts'
import { OPERATIONS } from './operations.ts'
import { Detail, FieldMessages, isIdempotent, REFUSALS, refusalsOf } from './refusals.ts'
import responseExamples from './response-examples.json' with { type: 'json' }

/** Answers of a service, recorded by `typed-client.compile.test.ts`. */
const EXAMPLES: Record<string, unknown> = responseExamples

const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` })

/** The partner API as OpenAPI 3.1, made from the shapes that check its requests. */
export function buildDocument({ publicUrl, version }: { publicUrl: string; version: string }) {
  const paths: Record<string, Record<string, unknown>> = {}
  const components = componentSchemas(OPERATIONS)
  for (const operation of OPERATIONS) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: describeOperation(operation, components),
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Arraydrop partner API',
      version,
      description:
        'Compatible with Gencove’s public API v2. Every path works with and without its trailing slash. Answers may ' +
        'gain fields: ignore those you do not know.',
      contact: { name: 'The operator of this service', url: publicUrl },
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    security: [{ ApiKey: [] }, { Bearer: [] }],
    paths,
    webhooks: describeDeliveries(),
    components: {
      securitySchemes: SECURITY_SCHEMES,
      headers: HEADERS,
      parameters: { IdempotencyKey: IDEMPOTENCY_KEY },
      schemas: {
        Detail: jsonSchema(Detail, 'output'),
        FieldMessages: jsonSchema(FieldMessages, 'output'),
        ...components.schemas,
      },
    },
  }
}

const SECURITY_SCHEMES = {
  ApiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: '`Api-Key <key>`: an API key, with the word before it.',
  },
  Bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'An access token of a person, from `jwt-create/`.',
  },
}

const HEADERS = {
  'Request-Id': {
    description: 'Identifies this request in our log: quote it when you contact us.',
    required: true,
    schema: { type: 'string' },
  },
  'Retry-After': {
    description: 'Seconds to wait.',
    schema: { type: 'integer', minimum: 1 },
  },
  'Role-Needed': {
    description: 'When a role is missing: the roles of which one is needed. Ours.',
    schema: { type: 'string', examples: ['manager, owner'] },
  },
  'Role-Held': {
    description: 'The roles that the caller has. Ours.',
    schema: { type: 'string', examples: ['analyst in one project'] },
  },
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'For 24 hours, a request with the same key and content gets the first response again.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

function describeOperation(operation: Operation, components: Components) {
  const { id, tag, summary, more, right, ours, body, answer } = operation
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: [more, ours && 'Ours: Gencove has no such path.'].filter(Boolean).join(' ') || summary,
    ...(right === 'public' ? { security: [] } : {}),
    parameters: parametersOf(operation, components),
    ...(body === undefined ? {} : { requestBody: requestBodyOf(operation, body) }),
    responses: {
      [answer.status]: {
        description: answer.words,
        headers: { 'Request-Id': ref('headers', 'Request-Id') },
        ...(answer.body
          ? {
              content: {
                [answer.media ?? 'application/json']: {
                  schema: ref('schemas', answer.body.name),
                  ...(id in EXAMPLES ? { example: EXAMPLES[id] } : {}),
                },
              },
            }
          : {}),
      },
      ...Object.fromEntries(
        [...refusalsOf(operation)].map(([status, words]) => [status, refusal(status, words)]),
      ),
    },
  }
}

function parametersOf(operation: Operation, { write }: Components) {
  const inPath = pathParameters(operation.path).map((name) => ({
    name,
    in: 'path',
    required: true,
    description: PATH_PARAMETERS[name],
    schema: { type: 'string', format: 'uuid' },
  }))
  const { properties = {} } = operation.query ? jsonSchema(operation.query, 'input') : {}
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    schema: write(schema as JsonSchema, 'input'),
  }))
  return [...inPath, ...inQuery, ...(isIdempotent(operation) ? [ref('parameters', 'IdempotencyKey')] : [])]
}

function requestBodyOf({ forms, example }: Operation, { name, schema }: Named) {
  const content = { schema: ref('schemas', name) }
  const { required = [] } = jsonSchema(schema, 'input')
  return {
    ...(required.length > 0 ? { required: true } : {}),
    content: {
      'application/json': { ...content, ...(example ? { example: fillIn(example) } : {}) },
      ...(forms ? { 'application/x-www-form-urlencoded': content, 'multipart/form-data': content } : {}),
    },
  }
}

/** What stands in an example for the values that a program takes from its environment. */
const EXAMPLE_VALUES: Record<string, string> = {
  email: 'colleague@clinic.example',
  password: 'a long password of your own',
  source_url: 'https://files.s3.amazonaws.com/s1_R1.fastq.gz?X-Amz-Expires=604800',
}
const EXAMPLE_ID = '6f1f5c0e-3c5f-4b8c-9a51-0d5a6e1b7c42'

/** The example with values instead of names such as `{sample_id}`. */
function fillIn(example: Record<string, unknown>): unknown {
  const exampleOf = (name: string) => (name.endsWith('_id') ? EXAMPLE_ID : (EXAMPLE_VALUES[name] ?? name))
  const text = JSON.stringify(example).replaceAll(/\{(\w+)\}/g, (_, name: string) => exampleOf(name))
  return JSON.parse(text)
}

function refusal(status: number, words: string) {
  const { fields, retryAfter, roles } = REFUSALS[status]!
  const detail = ref('schemas', 'Detail')
  return {
    description: words,
    headers: {
      'Request-Id': ref('headers', 'Request-Id'),
      ...(retryAfter ? { 'Retry-After': ref('headers', 'Retry-After') } : {}),
      ...(roles
        ? { 'Role-Needed': ref('headers', 'Role-Needed'), 'Role-Held': ref('headers', 'Role-Held') }
        : {}),
    },
    content: {
      'application/json': {
        schema: fields ? { anyOf: [detail, ref('schemas', 'FieldMessages')] } : detail,
      },
    },
  }
}
