import type { ButtonHTMLAttributes } from 'react'
import styles from './button.module.css'

export type ButtonKind = 'primary' | 'secondary' | 'quiet'

/** A native button. `primary` and `secondary` are equally large, so that the second choice is as easy to reach. */
export function Button({
  kind = 'primary',
  children,
  ...rest
}: { kind?: ButtonKind } & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'type'>) {
  return (
    <button type="button" className={`${styles.button} ${styles[kind]}`} {...rest}>
      <span>{children}</span>
    </button>
  )
}
