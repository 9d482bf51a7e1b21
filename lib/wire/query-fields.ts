import { z } from 'zod'
import { missing, NO_NULL_CHARACTERS, NOT_UUID, pastShown, text } from './fields.ts'

const NOT_TIME = 'Enter a valid date/time.'
const NOT_DAY = 'Enter a valid date.'
const SHOWN_CHARACTERS = 60

export const notAChoice = ({ input }: { input?: unknown }): string =>
  `"${String(input).slice(0, SHOWN_CHARACTERS)}" is not a valid choice.`

/** One of these words. */
export const choice = <const Word extends string>(words: readonly Word[]) =>
  z.enum(words, { error: notAChoice })

/** Text to look for, without white space around it; none by default. */
export const searchText = (charactersMax: number) =>
  text(charactersMax, NO_NULL_CHARACTERS).trim().default('')

export const QueryUuid = z.uuid({ error: NOT_UUID }).toLowerCase()

export const SortOrder = choice(['asc', 'desc']).default('desc')

/** `true` or `false`, also as Python writes them. */
export const QueryFlag = choice(['true', 'false', 'True', 'False']).transform((word) => /true/i.test(word))

// A space before an offset is a plus that was not escaped. After the day alone it could be that too, or what stands
// before a time: minutes alone are therefore no time there.
const TIME =
  /^(\d{4}-\d\d-\d\d)(?:(?:T| (?!\d\d:\d\d$))(\d\d:\d\d)(?::(\d\d)(\.\d{1,9})?)?(?:([Zz])|([+ -])(\d\d):?(\d\d)?)?)?$/

/** Milliseconds since 1970; undefined unless the text is a time that exists. */
function parseTime(text: string): Date | undefined {
  const [, day, minutes = '00:00', seconds = '00', fraction = '', , sign, hours = '00', rest = '00'] =
    TIME.exec(text) ?? []
  if (day === undefined || !isDay(day)) return undefined
  if (Number(hours) > 15 || Number(rest) > 59) return undefined
  const offset = sign === undefined ? 'Z' : `${sign === '-' ? '-' : '+'}${hours}:${rest}`
  const time = new Date(`${day}T${minutes}:${seconds}${fraction.slice(0, 4)}${offset}`)
  return Number.isNaN(time.getTime()) || minutes.startsWith('24') ? undefined : time
}

/** `new Date` would take the 30th of February for the 1st of March; PostgreSQL knows no year 0. */
function isDay(day: string): boolean {
  const time = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day) && !day.startsWith('0000')
}

/** A time in ISO 8601. A date alone is its midnight; what names no offset is UTC. */
export const QueryTime = z.string({ error: missing(NOT_TIME) }).transform((text, context) => {
  const time = parseTime(text)
  if (time) return time
  context.addIssue({ code: 'custom', message: NOT_TIME })
  return z.NEVER
})

/** The same for where a list begins. Times are shown with milliseconds: what is shown before one between two of them is left out. */
export const QueryTimeFrom = z.string({ error: missing(NOT_TIME) }).transform((text, context) => {
  const time = QueryTime.safeParse(text).data
  if (time) return /\.\d{3}\d*[1-9]/.test(text) ? pastShown(time) : time
  context.addIssue({ code: 'custom', message: NOT_TIME })
  return z.NEVER
})

/** A day, `YYYY-MM-DD`. */
export const QueryDay = z.string().refine((text) => /^\d{4}-\d\d-\d\d$/.test(text) && isDay(text), NOT_DAY)
