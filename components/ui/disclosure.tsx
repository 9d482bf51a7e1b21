import type { ReactNode } from 'react'
import styles from './disclosure.module.css'

/** A panel that opens on request; works without script. */
export function Disclosure({
  title,
  open = false,
  nested = false,
  children,
}: {
  title: string
  open?: boolean
  nested?: boolean
  children: ReactNode
}) {
  return (
    <details className={nested ? styles.nested : styles.disclosure} open={open}>
      <summary className={styles.summary}>
        <svg className={styles.chevron} viewBox="0 0 16 16" aria-hidden="true">
          <path d="M5.5 3.5 10 8l-4.5 4.5" />
        </svg>
        <span>{title}</span>
      </summary>
      <div className={styles.body}>{children}</div>
    </details>
  )
}
