'use client'

import { type UseFormReturnType, useForm } from '@mantine/form'
import { useEffect, useState } from 'react'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { wordsOf } from '../api/problem-words.ts'
import { useAct } from '../api/use-api.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { useUnsaved } from '../frame/unsaved-work.tsx'
import {
  changedSettings,
  readSettings,
  type SettingName,
  type SettingValues,
  settingErrors,
} from './setting-values.ts'

export interface SettingsForm<Name extends SettingName> {
  form: UseFormReturnType<Pick<SettingValues, Name>>
  /** For people who cannot change the project. */
  readOnly: boolean
  changed: boolean
  saving: boolean
  /** An error that belongs to no field. */
  error: string | null
  save(): void
  undo(): void
}

/** Some of a project's settings as a form. Only changes are saved, and the API's messages appear at their fields. */
export function useSettings<Name extends SettingName>(
  project: ProjectItem,
  names: readonly Name[],
): SettingsForm<Name> {
  const { may } = useSignedInPerson()
  const kept = pick(readSettings(project.settings), names)
  // What was loaded or saved last: the query still has the older values for a moment after a save.
  const [base, setBase] = useState(kept)
  const form = useForm<Pick<SettingValues, Name>>({ initialValues: kept })
  const act = useAct<Partial<SettingValues>, ProjectItem>({
    method: 'PATCH',
    path: `projects/${project.id}`,
    body: (settings) => ({ settings }),
    renews: ['projects/'],
    done: 'The settings were saved.',
    toast: false,
  })
  const changes = changedSettings(base, form.values)
  const changed = Object.keys(changes).length > 0
  useUnsaved(changed)
  const begin = (values: Pick<SettingValues, Name>) => {
    setBase(values)
    form.setInitialValues(values)
    form.setValues(values)
    form.clearErrors()
    act.reset()
  }
  const loaded = JSON.stringify(kept)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what somebody else saved is shown where nothing is typed
  useEffect(() => {
    if (!changed) begin(kept)
  }, [loaded])
  return {
    form,
    readOnly: !may('project_write', project.id),
    changed,
    saving: act.isPending,
    error: act.error && Object.keys(form.errors).length === 0 ? wordsOf(act.error) : null,
    save: () =>
      act.mutate(changes, {
        onSuccess: (saved) => begin(pick(readSettings(saved.settings), names)),
        onError: (error) => form.setErrors(settingErrors(error)),
      }),
    undo: () => begin(base),
  }
}

function pick<Name extends SettingName>(
  settings: SettingValues,
  names: readonly Name[],
): Pick<SettingValues, Name> {
  return Object.fromEntries(names.map((name) => [name, settings[name]])) as Pick<SettingValues, Name>
}
