'use client'

import type { ProjectItem } from '#lib/projects/wire.ts'
import { wordsOf } from '../api/problem-words.ts'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { type DraftForm, useDraft } from '../kit/use-draft.ts'
import { readSettings, type SettingName, type SettingValues, settingErrors } from './setting-values.ts'

export interface SettingsForm<Name extends SettingName>
  extends Omit<DraftForm<Pick<SettingValues, Name>>, 'error' | 'base'> {
  /** For people who cannot change the project. */
  readOnly: boolean
  /** An error that belongs to no field. */
  error: string | null
}

/** Some of a project's settings as a form. Only changes are saved, and the API's messages appear at their fields. */
export function useSettings<Name extends SettingName>(
  project: ProjectItem,
  names: readonly Name[],
): SettingsForm<Name> {
  const { may } = useSignedInPerson()
  const { base: _, ...draft } = useDraft<Pick<SettingValues, Name>, ProjectItem>({
    kept: pick(readSettings(project.settings), names),
    source: {
      path: `projects/${project.id}`,
      values: (loaded) => pick(readSettings(loaded.settings), names),
    },
    act: {
      method: 'PATCH',
      path: `projects/${project.id}`,
      body: (settings) => ({ settings }),
      done: 'The settings were saved.',
    },
    keptBy: (saved) => pick(readSettings(saved.settings), names),
    errorsBy: settingErrors,
  })
  const { error, form } = draft
  return {
    ...draft,
    readOnly: !may('project_write', project.id),
    error: error && Object.keys(form.errors).length === 0 ? wordsOf(error) : null,
  }
}

function pick<Name extends SettingName>(
  settings: SettingValues,
  names: readonly Name[],
): Pick<SettingValues, Name> {
  return Object.fromEntries(names.map((name) => [name, settings[name]])) as Pick<SettingValues, Name>
}
