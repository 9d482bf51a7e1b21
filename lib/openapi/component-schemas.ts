import { z } from 'zod'
import { RIGHTS, ROLES } from '#lib/access/role.ts'
import { DETAILS, REASONS } from '#lib/genotype/reason.ts'
import { VENDORS } from '#lib/genotype/vendors.ts'
import { FILE_TYPES } from '#lib/samples/deliverable.ts'
import { SAMPLE_STATUSES } from '#lib/samples/sample.ts'
import { LastStatus } from '#lib/samples/wire.ts'
import { TIMELINE_ENTRY_KINDS } from '#lib/sessions/timeline-entry.ts'
import { SHOWN_STATES } from '#lib/sessions/wire.ts'
import { EVENT_TYPES } from '#lib/webhooks/event.ts'
import { NOTIFICATION_STATES } from '#lib/webhooks/notification.ts'
import { EVENT_DISCRIMINATOR, EVENT_SHAPES, Event } from './events.ts'
import { type JsonSchema, jsonSchema } from './json-schema.ts'
import { type Named, named, type Operation } from './operation.ts'
import { PAGE_META } from './page-of.ts'
import { FILE, REJECTION, TIMELINE_ENTRY, UPLOAD_SESSION } from './sample-parts.ts'

/** What programs want to name, besides bodies and items of lists: parts before what they are part of. */
const PARTS: readonly Named[] = [
  named('StatusName', z.enum(SAMPLE_STATUSES)),
  named('Reason', z.enum(REASONS)),
  named('ReasonDetail', z.enum(DETAILS)),
  named('Vendor', z.enum(VENDORS)),
  named('Role', z.enum(ROLES)),
  named('Right', z.enum(RIGHTS)),
  named('SessionState', z.enum(SHOWN_STATES)),
  named('NotificationState', z.enum(NOTIFICATION_STATES)),
  named('TimelineEntryKind', z.enum(TIMELINE_ENTRY_KINDS)),
  named('EventTypeKey', z.enum(keysOf(EVENT_TYPES))),
  named('FileTypeKey', z.enum(keysOf(FILE_TYPES))),
  named('PageMeta', PAGE_META),
  named('Status', LastStatus),
  named('File', FILE),
  named('Rejection', REJECTION),
  named('UploadSession', UPLOAD_SESSION),
  named('TimelineEntry', TIMELINE_ENTRY),
  ...Object.values(EVENT_SHAPES),
  named('Event', Event),
]

/** Schemas with names, and a way to write any other schema by them. */
export interface Components {
  schemas: Record<string, JsonSchema>
  /** The schema with a reference wherever it has a part that has a name. */
  write(schema: JsonSchema, io: 'input' | 'output'): JsonSchema
}

/** Every schema of these operations under its name; each is written once, and what contains it refers to it. */
export function componentSchemas(operations: readonly Operation[]): Components {
  const schemas: Record<string, JsonSchema> = {}
  const names = new Map<string, string>()

  const write = (schema: JsonSchema, io: 'input' | 'output'): JsonSchema => {
    const written = writeParts(schema, io)
    const name = names.get(formOf(written))
    if (name === undefined) return written
    const { description } = written
    const own = description === undefined || description === schemas[name]!.description
    return { $ref: `#/components/schemas/${name}`, ...(own ? {} : { description }) } as JsonSchema
  }
  const writeParts = (schema: JsonSchema, io: 'input' | 'output'): JsonSchema =>
    mapParts(plain(schema, io), (part) => write(part, io))
  const define = ({ name, schema }: Named, io: 'input' | 'output') => {
    const written = writeParts(jsonSchema(schema, io), io)
    const form = formOf(written)
    schemas[name] = written
    if (!names.has(form) && isWorthNaming(written)) names.set(form, name)
  }

  for (const part of PARTS) define(part, 'output')
  schemas.Event = { ...schemas.Event, discriminator: EVENT_DISCRIMINATOR }
  for (const { answer } of operations) {
    const item = answer.body?.item
    if (item && !names.has(formOf(writeParts(jsonSchema(item.schema, 'output'), 'output')))) {
      define(item, 'output')
    }
  }
  for (const { body, answer } of operations) {
    if (body) define(body, 'input')
    if (answer.body) define(answer.body, 'output')
  }
  const used = new Set(JSON.stringify(schemas).match(/#\/components\/schemas\/\w+/g))
  const bodies = operations.flatMap(({ body, answer }) => [body?.name, answer.body?.name])
  for (const { name } of Object.values(EVENT_SHAPES)) bodies.push(name)
  for (const name of Object.keys(schemas)) {
    if (!bodies.includes(name) && !used.has(`#/components/schemas/${name}`)) delete schemas[name]
  }
  return { schemas, write }
}

/** Small shapes look alike by chance. */
const isWorthNaming = ({ enum: values, oneOf, properties }: JsonSchema): boolean =>
  values !== undefined || oneOf !== undefined || Object.keys(properties ?? {}).length > 2

/** Descriptions do not make a schema another one. */
const formOf = (schema: JsonSchema): string =>
  JSON.stringify(schema, (key, value) =>
    key === 'description' && typeof value === 'string' ? undefined : value,
  )

/** Formats that say all that their pattern says. */
const SELF_EXPLAINING = ['date-time', 'uuid', 'uri']

/**
 * Without patterns of well-known formats. Defaults of a request are written as words: from the keyword, generators
 * conclude that the field is required.
 */
function plain(schema: JsonSchema, io: 'input' | 'output'): JsonSchema {
  const { default: usual, ...rest } = schema
  const { pattern: _, ...without } = rest
  const made = withoutSafeBounds(SELF_EXPLAINING.includes(rest.format ?? '') ? without : rest)
  if (io === 'output' || usual === undefined || usual === null || usual === '') {
    return io === 'output' && usual !== undefined ? { ...made, default: usual } : made
  }
  const words = `Default: ${JSON.stringify(usual)}.`
  return { ...made, description: made.description ? `${made.description} ${words}` : words }
}

/** JSON carries safe integers only, so that bound says nothing. */
function withoutSafeBounds({ minimum, maximum, ...rest }: JsonSchema): JsonSchema {
  const safe = Number.MAX_SAFE_INTEGER
  return {
    ...rest,
    ...(minimum === undefined || minimum === -safe ? {} : { minimum }),
    ...(maximum === undefined || maximum === safe ? {} : { maximum }),
  }
}

/** The schema with every schema directly inside it replaced. */
function mapParts(schema: JsonSchema, change: (part: JsonSchema) => JsonSchema): JsonSchema {
  const part = (value: unknown) => change(value as JsonSchema)
  const parts = (values: unknown) =>
    Object.fromEntries(Object.entries(values ?? {}).map(([key, value]) => [key, part(value)]))
  const changed: Record<string, unknown> = { ...schema }
  if (schema.properties) changed.properties = parts(schema.properties)
  for (const key of ['items', 'additionalProperties', 'propertyNames'] as const) {
    if (typeof schema[key] === 'object' && schema[key] !== null) changed[key] = part(schema[key])
  }
  for (const key of ['anyOf', 'oneOf', 'allOf'] as const) {
    if (schema[key]) changed[key] = schema[key].map(part)
  }
  return changed as JsonSchema
}

function keysOf<Key extends string>(of: Record<Key, unknown>): [Key, ...Key[]] {
  return Object.keys(of) as [Key, ...Key[]]
}
