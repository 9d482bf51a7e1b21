import type { ReactNode } from 'react'
import { Icon, type IconName } from '#components/ui/icon.tsx'
import styles from './stages.module.css'

/** Receives the focus when a new stage begins. */
export const HEADING_ID = 'stage-heading'

export type Mood = 'plain' | 'good' | 'refusal' | 'attention'

/** The one heading of a stage. */
export function StageHeading({
  children,
  icon,
  mood = 'plain',
  long = false,
}: {
  children: ReactNode
  icon?: IconName
  mood?: Mood
  /** Holds a name so long that it is set smaller. */
  long?: boolean
}) {
  return (
    <div className={styles.headingRow}>
      {icon && (
        <span className={`${styles.badge} ${styles[mood]}`}>
          <Icon name={icon} large />
        </span>
      )}
      <h1 id={HEADING_ID} className={`${styles.heading} ${long ? styles.long : ''}`} tabIndex={-1}>
        {children}
      </h1>
    </div>
  )
}
