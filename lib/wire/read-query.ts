import type { z } from 'zod'
import { fieldsOf, Problem } from '#lib/problem.ts'

const NAME_CHARACTERS_MAX = 60
const UNKNOWN = 'There is no such parameter here.'
const REPEATED = 'Give this parameter once.'

/**
 * The query of a request by its shape. Throws 400 that names every parameter that is unknown, given twice or not valid:
 * a filter that was dropped would return more than was asked for, and a program may delete what it is given.
 */
export function readQuery<Shape extends z.ZodRawShape>(
  { url }: Pick<Request, 'url'>,
  shape: z.ZodObject<Shape>,
): z.output<z.ZodObject<Shape>> {
  const given = url.includes('?') ? [...new URL(url).searchParams] : []
  const refused = new Map<string, string[]>()
  const seen = new Set<string>()
  for (const [name] of given) {
    const shown = name.slice(0, NAME_CHARACTERS_MAX)
    if (!Object.hasOwn(shape.shape, name)) refused.set(shown, [UNKNOWN])
    else if (seen.has(name)) refused.set(shown, [REPEATED])
    seen.add(name)
  }
  const known = given.filter(([name]) => Object.hasOwn(shape.shape, name))
  const parsed = shape.safeParse(Object.fromEntries(known))
  if (parsed.success && refused.size === 0) return parsed.data
  const invalid = parsed.success ? {} : fieldsOf(parsed.error)
  throw new Problem('invalid', 'Some parameters are not valid.', {
    fields: Object.fromEntries([...Object.entries(invalid), ...refused]),
  })
}
