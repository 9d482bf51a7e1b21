import { expect, test } from 'vitest'
import { z } from 'zod'
import { jsonSchema } from './json-schema.ts'
import { listFields } from './list-fields.ts'

const fieldsOf = (shape: z.ZodType, io: 'input' | 'output' = 'output') =>
  listFields(jsonSchema(shape, io)).map(({ name, type, required, words }) => [name, type, required, words])

test('fields inside of others follow them, with their whole names', () => {
  const shape = z.object({
    last_status: z.object({ id: z.uuid() }).nullable(),
    files: z.array(z.object({ size: z.int() })),
  })
  expect(fieldsOf(shape)).toEqual([
    ['last_status', 'object | null', true, ''],
    ['last_status.id', 'UUID', true, ''],
    ['files', 'list of object', true, ''],
    ['files[].size', 'integer', true, ''],
  ])
})

test('what a field may hold is said: choices, bounds, default', () => {
  const shape = z.object({
    state: z.enum(['on', 'off']),
    seconds: z.int().min(60).max(3_600).default(600).describe('How long.'),
    many: z.int(),
  })
  expect(fieldsOf(shape, 'input')).toEqual([
    ['state', '"on" | "off"', true, ''],
    ['seconds', 'integer', false, 'How long. From 60 up to 3600. Default: 600.'],
    ['many', 'integer', true, ''],
  ])
})

test('a field that is checked as unknown first shows what it must be', () => {
  const shape = z.object({
    target: z
      .unknown()
      .superRefine(() => {})
      .pipe(z.string().max(255)),
  })
  expect(fieldsOf(shape, 'input')).toEqual([['target', 'string', true, '']])
})
