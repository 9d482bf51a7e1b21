import { expect, test } from 'vitest'
import { ApiProblem } from '../api/api.ts'
import { changedSettings, readSettings, settingErrors } from './setting-values.ts'

test('Only what was changed is sent, so that nobody takes back what somebody else changed meanwhile', () => {
  const kept = readSettings({ policy: 'strict', rows_min: 300_000, redirect_origins: ['https://a.example'] })
  expect(changedSettings(kept, { ...kept })).toEqual({})
  expect(changedSettings(kept, { ...kept, redirect_origins: [], rows_min: 300_000 })).toEqual({
    redirect_origins: [],
  })
})

test('What the API says of a setting stands at that setting, and of a list at the list', () => {
  const problem = new ApiProblem(
    400,
    '',
    {
      settings: ['accent_light: Too pale: no.', 'frame_origins.0: One.', 'frame_origins.2: Two.', 'Nameless'],
    },
    null,
  )
  expect(settingErrors(problem)).toEqual({ accent_light: 'Too pale: no.', frame_origins: 'One. Two.' })
  expect(settingErrors(new Error('away'))).toEqual({})
})
