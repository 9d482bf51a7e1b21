import type { ReactNode } from 'react'
import styles from './button.module.css'

/** A link that is the next step, with the looks of a button. */
export function ActionLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a className={`${styles.button} ${styles.primary}`} href={href}>
      <span>{children}</span>
    </a>
  )
}
