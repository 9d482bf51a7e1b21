import type { ButtonHTMLAttributes } from 'react'
import styles from './button.module.css'

export type ButtonKind = 'primary' | 'secondary' | 'quiet'

/** A native button. `primary` and `secondary` are the same size, so that both choices are equally easy to reach. */
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
