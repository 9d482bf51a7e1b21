import { notifications, notificationsStore } from '@mantine/notifications'
import { afterEach, expect, test } from 'vitest'
import { showNotice } from './show-notice.ts'

afterEach(() => notifications.clean())

test('an equal notice takes the place of the one before it, and no other', () => {
  const shown = () => notificationsStore.getState().notifications
  showNotice({ message: 'The metadata was saved.', color: 'drop' })
  showNotice({ message: 'The sample was canceled.', color: 'drop' })
  const [first] = shown()
  showNotice({ message: 'The metadata was saved.', color: 'drop' })
  expect(shown().map(({ message }) => message)).toEqual([
    'The sample was canceled.',
    'The metadata was saved.',
  ])
  expect(shown().map(({ id }) => id)).not.toContain(first!.id)
})
