import type { ProjectSettings } from '#lib/projects/project.ts'
import { ApiProblem } from '../api/api.ts'

type Snake<Name extends string> = Name extends `${infer Head}${infer Rest}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${Snake<Rest>}`
  : ''

/** A project's settings by their names on the wire. */
export type SettingValues = {
  [Name in keyof ProjectSettings as Snake<Name>]: ProjectSettings[Name]
}
export type SettingName = keyof SettingValues

/** The settings as the API sends them, unchecked. */
export const readSettings = (settings: Record<string, unknown>): SettingValues => settings as SettingValues

/** Messages by setting. The API sends one list for all of them: `accent_light: …`, `frame_origins.0: …`. */
export function settingErrors(error: Error): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {}
  const errors: Record<string, string> = {}
  for (const message of error.fields.settings ?? []) {
    const [, name, words] = /^([a-z_]+)[\w.-]*: (.+)$/s.exec(message) ?? []
    if (name && words) errors[name] = errors[name] ? `${errors[name]} ${words}` : words
  }
  return errors
}
