import { type NotificationData, notifications, notificationsStore } from '@mantine/notifications'
import styles from './notice.module.css'

/** Shows a notice for a moment; an equal one that is still there makes room for it. One that all went well stands in no pointer's way. */
export function showNotice(notice: NotificationData): void {
  for (const { id, message } of notificationsStore.getState().notifications)
    if (id !== undefined && message === notice.message) notifications.hide(id)
  notifications.show(notice.color === 'drop' ? { ...notice, classNames: { root: styles.passed! } } : notice)
}
