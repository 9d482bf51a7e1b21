import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import styles from './notice.module.css'

export type Tone = 'calm' | 'attention' | 'refusal'

/** Something the person should know now. Never conveyed by colour alone. */
export function Notice({
  tone,
  role,
  bare = false,
  children,
}: {
  tone: Tone
  role?: 'alert'
  /** Without an icon, when the heading above has one. */
  bare?: boolean
  children: ReactNode
}) {
  return (
    <div className={`${styles.notice} ${styles[tone]}`} role={role}>
      {!bare && <Icon name={tone === 'calm' ? 'info' : 'warning'} />}
      <div className={styles.text}>{children}</div>
    </div>
  )
}
