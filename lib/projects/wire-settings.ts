import { z } from 'zod'
import { BLANK, isUnturned, isVisible, TURNED } from '#lib/wire/fields.ts'
import { refuseAccent } from './accent.ts'
import { ProjectSettings } from './project.ts'

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const WIRE_NAMES = Object.fromEntries(Object.keys(ProjectSettings.shape).map((name) => [snake(name), name]))

const SHAPE = Object.fromEntries(
  Object.entries(ProjectSettings.shape).map(([name, schema]) => [snake(name), schema.unwrap()]),
) as Record<string, z.ZodType>

/** `ProjectSettings` in snake_case, whole. */
export const WireSettings = z.object(SHAPE)

/** These are checked when they are set, not when they are read: rules that change keep their projects. */
const ACCENTS = [
  ['accent_light', 'light'],
  ['accent_dark', 'dark'],
] as const

/** Settings to change, by their wire names; unknown ones are refused, so that a typing error does not pass for one. */
export const SettingsChange = z.unknown().transform((given, context): Partial<ProjectSettings> => {
  const parsed = WireSettings.partial().strict().safeParse(given)
  for (const { path, message } of parsed.error?.issues ?? []) {
    // One level of names only, as every other message of this API: the setting stands in the words.
    context.addIssue({ code: 'custom', message: path.length > 0 ? `${path.join('.')}: ${message}` : message })
  }
  if (!parsed.success) return z.NEVER
  for (const [name, scheme] of ACCENTS) {
    const accent = parsed.data[name]
    const message = typeof accent === 'string' ? refuseAccent(accent, scheme) : null
    if (message) context.addIssue({ code: 'custom', message: `${name}: ${message}` })
  }
  for (const [name, line] of linesOf(parsed.data)) {
    if (!isUnturned(line)) context.addIssue({ code: 'custom', message: `${name}: ${TURNED}` })
    if (!isVisible(line)) context.addIssue({ code: 'custom', message: `${name}: ${BLANK}` })
  }
  return Object.fromEntries(Object.entries(parsed.data).map(([name, value]) => [WIRE_NAMES[name], value]))
})

/** What people read on the upload page, by setting. */
const linesOf = ({ display_name, purpose, purposes }: Record<string, unknown>): [string, string][] =>
  [
    ['display_name', display_name],
    ['purpose', purpose],
    ...Object.entries(purposes ?? {}).map(([language, line]) => [`purposes.${language}`, line]),
  ].filter((line): line is [string, string] => typeof line[1] === 'string')

/** Settings as the API shows them. */
export const presentSettings = (settings: ProjectSettings): z.infer<typeof WireSettings> =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [snake(name), value]))
