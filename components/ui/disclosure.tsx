import type { ReactNode } from 'react'
import styles from './disclosure.module.css'

/** A panel that opens on request; works without script. */
export function Disclosure({
  title,
  open = false,
  nested = false,
  id,
  children,
}: {
  title: string
  open?: boolean
  nested?: boolean
  id?: string
  children: ReactNode
}) {
  return (
    <details className={nested ? styles.nested : styles.disclosure} open={open} id={id}>
      <summary className={styles.summary}>
        <svg className={styles.chevron} viewBox="0 0 16 16" aria-hidden="true">
          <path d="M5.5 3.5 10 8l-4.5 4.5" />
        </svg>
        {title}
      </summary>
      <div className={styles.body}>{children}</div>
    </details>
  )
}
