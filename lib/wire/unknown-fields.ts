import type { z } from 'zod'
import { fieldsOf, Problem, parseFields } from '#lib/problem.ts'

/**
 * What becomes of a field of a body that the API does not know. There are three kinds of bodies:
 *
 * - Where leaving a field out gives more than was meant, or changes nothing although a change was asked for: API keys,
 *   invitations, people, projects, changes to a webhook, sending again. Their shapes are `z.strictObject`, and every
 *   unknown field is a 400 under its name.
 * - Where every field that limits anything is required, such as lists of ids: a misspelt one is missing, and that is a 400.
 * - What programs written for Gencove send, which may hold fields of Gencove's: those are ignored, as they are there. But
 *   a name that is nearly one of ours is a typing error, and what it was to limit would not hold: `parseLenient`
 *   refuses it.
 */
export function parseLenient<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  fields: Record<string, unknown>,
): z.output<z.ZodObject<Shape>> {
  const misspelt = misspeltFields(schema, fields)
  if (Object.keys(misspelt).length === 0) return parseFields(schema, fields)
  const parsed = schema.safeParse(fields)
  throw new Problem('invalid', 'Some fields are not valid.', {
    fields: { ...(parsed.success ? {} : fieldsOf(parsed.error)), ...misspelt },
  })
}

/**
 * A body without what a program merely sends back as it was given it, as those for Gencove may: fields that nobody sets,
 * and those that have the value they have anyway. Another value stays, to be refused.
 */
export const withoutEchoes = (
  fields: Record<string, unknown>,
  neverSet: readonly string[],
  shown: Record<string, unknown>,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) =>
        !neverSet.includes(name) &&
        !(Object.hasOwn(shown, name) && JSON.stringify(value) === JSON.stringify(shown[name])),
    ),
  )

const NAME_CHARACTERS_MAX = 60
/** Letters at the start of a name that make it an abbreviation of a longer one. */
const PREFIX_MIN = 5
/** From this length on, a name may differ in two letters; a shorter one in one. */
const LONG = 8

/** A refusal of each field that is none of the shape's, but nearly one: letters, case, hyphens, or its beginning alone. */
export function misspeltFields(
  { shape }: z.ZodObject,
  fields: Record<string, unknown>,
): Record<string, string[]> {
  const known = Object.keys(shape)
  return Object.fromEntries(
    Object.keys(fields).flatMap((given): [string, string[]][] => {
      if (known.includes(given) || given.length > NAME_CHARACTERS_MAX) return []
      // Some write an object into a form as `metadata[order]=1234`.
      const [outer = ''] = given.split(/[[.]/, 1)
      const meant = known.find((name) =>
        [given, outer].some((text) => isNearly(lettersOf(text), lettersOf(name))),
      )
      return meant === undefined ? [] : [[given, [`There is no such field. Did you mean ${meant}?`]]]
    }),
  )
}

const lettersOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

function isNearly(given: string, name: string): boolean {
  if (given.length >= PREFIX_MIN && name.startsWith(given)) return true
  const allowed = name.length < LONG ? 1 : 2
  return Math.abs(given.length - name.length) <= allowed && distanceOf(given, name) <= allowed
}

/** Letters to insert, remove or replace to make one text of the other. */
function distanceOf(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [row, letter] of [...one].entries()) {
    const here = [row + 1]
    for (const [at, wanted] of [...other].entries()) {
      const replaced = above[at]! + (letter === wanted ? 0 : 1)
      here.push(Math.min(replaced, above[at + 1]! + 1, here[at]! + 1))
    }
    above = here
  }
  return above.at(-1)!
}
