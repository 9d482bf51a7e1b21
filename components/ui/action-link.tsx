import type { ReactNode } from 'react'
import styles from './button.module.css'

/** A link that is the next step, styled as a button. */
export function ActionLink({
  href,
  apart = false,
  children,
}: {
  href: string
  /** Opens a tab of its own. */
  apart?: boolean
  children: ReactNode
}) {
  return (
    <a
      className={`${styles.button} ${styles.primary}`}
      href={href}
      {...(apart ? { target: '_blank', rel: 'noreferrer' } : {})}
    >
      <span>{children}</span>
    </a>
  )
}
