import { expect, test } from 'vitest'
import { ApiProblem } from '../api/api.ts'
import { settingErrors } from './setting-values.ts'

test('The API’s messages appear at their setting, and those about an entry of a list at the list', () => {
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
