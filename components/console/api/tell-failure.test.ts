import { notifications, notificationsStore } from '@mantine/notifications'
import { afterEach, expect, test } from 'vitest'
import { tellFailure } from './tell-failure.ts'

afterEach(() => notifications.clean())

test('a failure is said until the notice is closed', () => {
  tellFailure(new Error('There is no answer.'), { title: 'That did not work' })
  expect(notificationsStore.getState().notifications).toMatchObject([{ color: 'red', autoClose: false }])
})
