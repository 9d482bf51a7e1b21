import { z } from 'zod'

export type JsonSchema = z.core.JSONSchema.BaseSchema

/**
 * JSON Schema of what a zod shape accepts (`input`) or returns (`output`). A field that is first parsed as unknown, so
 * that a missing value gets its own message, shows the schema it is checked with afterwards.
 */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const made = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema: target }) {
      const { def } = zodSchema._zod
      // Responses may gain fields, so a reader must not refuse unknown ones.
      if (io === 'output' && target.additionalProperties === false) delete target.additionalProperties
      if (io !== 'input' || def.type !== 'pipe' || def.in._zod.def.type !== 'unknown') return
      if (def.out._zod.def.type !== 'transform') Object.assign(target, jsonSchema(def.out as z.ZodType, io))
    },
  })
  const { $schema: _, ...rest } = made
  return rest
}
