import styles from './progress-bar.module.css'

/** A native progress bar. Without a value it only shows that work is under way. */
export function ProgressBar({
  label,
  value,
  max = 1,
  valueText,
  paused = false,
}: {
  label: string
  value?: number
  max?: number
  valueText?: string
  paused?: boolean
}) {
  return (
    <progress
      className={`${styles.bar} ${paused ? styles.paused : ''} ${value === undefined ? styles.unknown : ''}`}
      aria-label={label}
      aria-valuetext={valueText}
      max={max}
      {...(value === undefined ? {} : { value })}
    />
  )
}
