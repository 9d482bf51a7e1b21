import { readdirSync } from 'node:fs'
import path from 'node:path'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test, vi } from 'vitest'
import { LIST_FIELDS } from '#lib/read-body.ts'
import { EVENT_TYPES } from '#lib/webhooks/event.ts'
import { buildDocument } from './build-document.ts'
import { type JsonSchema, jsonSchema } from './json-schema.ts'
import { type Named, pathParameters } from './operation.ts'
import { OPERATIONS } from './operations.ts'
import { REFUSALS, refusalsOf } from './refusals.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** What a route file says of a method: its right and how it takes an `Idempotency-Key`. */
interface Declared {
  right: unknown
  idempotency?: unknown
}

// Routes give back what they were declared with, instead of handlers that have it inside.
vi.mock('#lib/route.ts', () => ({
  partnerApi: (methods: Record<string, Declared>) => methods,
  signInApi: (methods: Record<string, unknown>) =>
    Object.fromEntries(Object.keys(methods).map((method) => [method, { right: 'public' }])),
}))

const api = path.resolve(import.meta.dirname, '../../app/api/v2')
const folders = readdirSync(api, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => file.endsWith('/route.ts'))
  .map((file) => file.slice(0, -'/route.ts'.length))

/** `files/[file]` and `/api/v2/files/{file_id}.sha256` alike as `files/*`. */
const ofFolder = (folder: string) => folder.replace(/\[\w+\]/g, '*')
const ofPath = (route: string) =>
  route
    .replace(/^\/api\/v2\//, '')
    .replace(/\/$/, '')
    .replace(/\{\w+\}(\.sha256)?/g, '*')

const document = buildDocument({ publicUrl: 'https://upload.example', version: '1.2.3' })

describe('the partner API in writing', () => {
  test('has every route and method with its right, and none that is not there', {
    timeout: 120_000,
  }, async () => {
    const there: string[] = []
    for (const folder of folders) {
      const route = (await import(path.join(api, folder, 'route.ts'))) as Record<string, Declared | undefined>
      for (const method of METHODS) {
        const declared = route[method]
        if (declared) there.push(line(method, ofFolder(folder), declared))
      }
    }
    const written = OPERATIONS.map((operation) => line(operation.method, ofPath(operation.path), operation))
    expect(there.length).toBeGreaterThan(30)
    expect(written.toSorted()).toEqual(there.toSorted())
  })

  test('is valid OpenAPI 3.1 to an independent validator', async () => {
    const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)))
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
  })

  test('is clean to a linter in common use', async () => {
    const config = await createConfig({
      extends: ['recommended'],
      rules: {
        // Collections end in a slash at Gencove, whose clients ask for them so.
        'no-path-trailing-slash': 'off',
        // This document is refused to nobody.
        'operation-4xx-response': 'off',
      },
    })
    const lint = (source: string) => lintFromString({ source, absoluteRef: '/openapi.json', config })
    const said = async (source: string) =>
      (await lint(source)).map(({ ruleId, message }) => `${ruleId}: ${message}`)
    expect(await said(JSON.stringify(document))).toEqual([])
    const damaged = JSON.stringify(document).replace(
      '"operationId":"getSample"',
      '"operationId":"listSamples"',
    )
    expect((await lint(damaged)).map(({ ruleId }) => ruleId)).toContain('operation-operationId-unique')
  })

  test('is refused by that validator once it is damaged', async () => {
    const damaged = JSON.parse(JSON.stringify(document))
    delete damaged.paths['/api/v2/samples/{sample_id}'].get.responses['200'].description
    expect((await new Validator().validate(damaged)).valid).toBe(false)
  })

  test('gives each name to one shape only, and each id to one operation', () => {
    const shapes = new Map<string, Set<string>>()
    const see = ({ name, schema }: Named, io: 'input' | 'output') => {
      shapes.set(name, new Set(shapes.get(name)).add(JSON.stringify(jsonSchema(schema, io))))
    }
    for (const { body, answer } of OPERATIONS) {
      if (body) see(body, 'input')
      if (answer.body) see(answer.body, 'output')
    }
    expect(shapes.size).toBeGreaterThan(30)
    expect([...shapes].filter(([, made]) => made.size > 1)).toEqual([])
    expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length)
  })

  test('names what a request is made of: no field of a body is left without a type or words', () => {
    for (const { body } of OPERATIONS) {
      if (!body) continue
      for (const [field, schema] of Object.entries(fieldsOf(body.name))) {
        expect([body.name, field, schema.description]).toEqual([body.name, field, expect.any(String)])
        if (field !== 'metadata') {
          expect([field, Object.keys(schema).some((key) => /^(type|anyOf|enum|\$ref)$/.test(key))]).toEqual([
            field,
            true,
          ])
        }
      }
    }
  })

  test('has no body in which a limit can be misspelt unnoticed: strict, all required, or known to be read leniently', () => {
    /** Programs for Gencove send these: see `parseLenient`. Those of sign-in limit nothing, and rows say what they name. */
    const LENIENT = ['MintRequest', 'UploadUrlRequest', 'SubscriptionRequest', 'TestEventRequest']
    const HARMLESS = ['SignInRequest', 'AssignRequest']
    const bodies = OPERATIONS.flatMap(({ body }) => (body ? [body] : []))
    const careless = bodies.filter(({ schema }) => {
      const { required = [], properties = {}, additionalProperties } = jsonSchema(schema, 'input')
      return additionalProperties !== false && required.length < Object.keys(properties).length
    })
    expect([...new Set(careless.map(({ name }) => name))].sort()).toEqual([...LENIENT, ...HARMLESS].sort())
  })

  test('has no list of texts that a form could not carry', () => {
    const lists = OPERATIONS.flatMap(({ body }) =>
      Object.entries(body ? (jsonSchema(body.schema, 'input').properties ?? {}) : {}).flatMap(
        ([name, field]) => {
          const { type, items, anyOf = [] } = field as JsonSchema
          const list = type === 'array' ? items : anyOf.find((one) => (one as JsonSchema).type === 'array')
          return /"type":"string"/.test(JSON.stringify(list ?? {})) && !/"object"/.test(JSON.stringify(list))
            ? [name]
            : []
        },
      ),
    )
    expect([...new Set(lists)].sort()).toEqual(LIST_FIELDS)
  })

  test('has examples that its own schemas accept', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true })
    ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/)
    ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/)
    ajv.addFormat('email', /^\S+@\S+$/)
    // A URI is ASCII (RFC 3986), whatever else a browser would read as one.
    ajv.addFormat('uri', { validate: (text: string) => URL.canParse(text) && /^[!-~]+$/.test(text) })
    const plain = JSON.parse(JSON.stringify(document))
    ajv.addSchema(plain, 'document')
    const faults: string[] = []
    let checked = 0
    const look = (node: Record<string, unknown>, at: string) => {
      if ('example' in node && 'schema' in node) {
        const check = ajv.getSchema(`document#${at}/schema`)!
        if (!check(node.example)) faults.push(`${at}: ${ajv.errorsText(check.errors)}`)
        checked += 1
      }
      for (const [key, inner] of Object.entries(node)) {
        const part = encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))
        if (typeof inner === 'object' && inner !== null && key !== 'example')
          look(inner as never, `${at}/${part}`)
      }
    }
    look(plain.paths, '/paths')
    look(plain.webhooks, '/webhooks')
    expect(faults).toEqual([])
    const answers = OPERATIONS.filter(({ answer }) => answer.body && !answer.media)
    expect(checked).toBeGreaterThan(answers.length)
  })

  test('has one webhook for each event type, told apart by `event_type`', () => {
    expect(Object.keys(document.webhooks)).toEqual(Object.keys(EVENT_TYPES))
    const { Event } = document.components.schemas as unknown as Record<string, { oneOf: unknown[] }>
    expect(Event!.oneOf).toHaveLength(Object.keys(EVENT_TYPES).length)
  })

  test('says every word of a closed list as one of that list, wherever it stands', () => {
    const closed = /(?:^|_)(?:status|state|reason|kind|event_type|event_types|file_type|vendor|role)$/
    const open: string[] = []
    const visit = (schema: JsonSchema, at: string) => {
      for (const [name, part] of Object.entries(schema.properties ?? {}) as [string, JsonSchema][]) {
        if (closed.test(name) && part.type === 'string' && !part.enum && part.const === undefined)
          open.push(`${at}.${name}`)
        visit(part, `${at}.${name}`)
      }
      for (const part of [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])])
        if (typeof part === 'object') visit(part as JsonSchema, at)
    }
    for (const [name, schema] of Object.entries(document.components.schemas))
      visit(schema as JsonSchema, name)
    // Words of a person's own.
    expect(open).toEqual(['AcceptSamples.reason'])
  })

  test('has nothing in a request from which a generator concludes that an optional field is required', () => {
    const withDefault = OPERATIONS.flatMap(({ body }) => (body ? [body.name] : [])).filter((name) =>
      /"default":/.test(JSON.stringify(fieldsOf(name))),
    )
    expect(withDefault).toEqual([])
  })

  test('says what each request is refused with', () => {
    for (const operation of OPERATIONS) {
      const statuses = [...refusalsOf(operation).keys()]
      expect(statuses.every((status) => status in REFUSALS)).toBe(true)
      expect(statuses.includes(401) || operation.right === 'public').toBe(true)
      // Whoever is known may send a query that the path does not take.
      expect([operation.id, statuses.includes(400) || operation.right === 'public']).toEqual([
        operation.id,
        true,
      ])
      const named = pathParameters(operation.path).length > 0 || 404 in (operation.refusals ?? {})
      expect(statuses.includes(404)).toBe(named)
    }
  })
})

const line = (method: string, route: string, { right, idempotency }: Declared) =>
  [method, route, right, ...(right !== 'public' && idempotency ? [idempotency] : [])].join(' ')

function fieldsOf(name: string): Record<string, { description?: string }> {
  const schema = document.components.schemas[name as keyof typeof document.components.schemas] as {
    properties?: Record<string, { description?: string }>
  }
  return schema.properties ?? {}
}
