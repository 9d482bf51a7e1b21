import { z } from 'zod'

export type JsonSchema = z.core.JSONSchema.BaseSchema

/**
 * JSON Schema of what a zod shape takes (`input`) or gives (`output`). A field that is checked as unknown first, so
 * that a missing one gets its own words, shows what it is checked as afterwards.
 */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const made = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema: target }) {
      const { def } = zodSchema._zod
      // An answer may gain fields: whoever reads it must not refuse those it does not know.
      if (io === 'output' && target.additionalProperties === false) delete target.additionalProperties
      if (io !== 'input' || def.type !== 'pipe' || def.in._zod.def.type !== 'unknown') return
      if (def.out._zod.def.type !== 'transform') Object.assign(target, jsonSchema(def.out as z.ZodType, io))
    },
  })
  const { $schema: _, ...rest } = made
  return rest
}
