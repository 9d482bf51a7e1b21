/** What a form holds while the service goes on. */
export interface Draft<Values> {
  /** What the service has, as far as the form knows. */
  base: Values
  /** What the fields show. */
  values: Values
  /** Fields that somebody else changed while something else was typed into them: a save would replace theirs. */
  overtaken: readonly (keyof Values)[]
}

export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

const namesOf = <Values extends object>(values: Values) => Object.keys(values) as (keyof Values)[]

/** The fields that differ from what the service has. Only these are sent, so that two people can change two fields at once. */
export function changesOf<Values extends object>(base: Values, values: Values): Partial<Values> {
  const changed = namesOf(values).filter((name) => !isSame(values[name], base[name]))
  return Object.fromEntries(changed.map((name) => [name, values[name]])) as Partial<Values>
}

/**
 * The service has something else now. A field in which nothing is typed follows it. A field with something typed keeps
 * that, and is overtaken where the service's value of it has changed.
 */
export function follow<Values extends object>(draft: Draft<Values>, kept: Values): Draft<Values> {
  const { base, values } = draft
  const typed = (name: keyof Values) => !isSame(values[name], base[name]) && !isSame(values[name], kept[name])
  const held = Object.fromEntries(
    namesOf(kept).map((name) => [name, typed(name) ? values[name] : kept[name]]),
  ) as Values
  const overtaken = namesOf(kept).filter(
    (name) => typed(name) && (draft.overtaken.includes(name) || !isSame(kept[name], base[name])),
  )
  return { base: kept, values: held, overtaken }
}

/** Whether the service has something else now in a field with something typed: to save it would replace what nobody has seen. */
export const isOvertaken = <Values extends object>(draft: Draft<Values>, kept: Values): boolean =>
  follow({ ...draft, overtaken: [] }, kept).overtaken.length > 0

/** Ends a save that would replace what somebody else saved meanwhile. */
export class Overtaken<Values> extends Error {
  readonly kept: Values

  constructor(kept: Values) {
    super('Somebody else has changed this meanwhile.')
    this.kept = kept
  }
}

/** `sent` was saved, and the service made `kept` of it. What was typed since stays and is not saved. */
export function settle<Values extends object>(values: Values, sent: Values, kept: Values): Draft<Values> {
  return { ...follow({ base: sent, values, overtaken: [] }, kept), overtaken: [] }
}

/** Gives up what is typed into the overtaken fields, and nothing else. */
export function takeTheirs<Values extends object>({ base, values, overtaken }: Draft<Values>): Draft<Values> {
  const theirs = Object.fromEntries(overtaken.map((name) => [name, base[name]]))
  return { base, values: { ...values, ...theirs }, overtaken: [] }
}
