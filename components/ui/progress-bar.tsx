import styles from './progress-bar.module.css'

/** A native progress bar. Without a value it only shows that work is under way. */
export function ProgressBar({
  label,
  value,
  underWay,
  max = 1,
  valueText,
  paused = false,
}: {
  label: string
  value?: number
  /** Shown lighter behind the value: not yet certain. Never announced. */
  underWay?: number
  max?: number
  valueText?: string
  paused?: boolean
}) {
  const bar = (
    <progress
      className={`${styles.bar} ${paused ? styles.paused : ''} ${value === undefined ? styles.unknown : ''}`}
      aria-label={label}
      aria-valuetext={valueText}
      max={max}
      {...(value === undefined ? {} : { value })}
    />
  )
  if (underWay === undefined) return bar
  return (
    <div className={styles.layers}>
      <progress
        className={`${styles.bar} ${styles.underWay}`}
        aria-hidden="true"
        max={max}
        value={underWay}
      />
      {bar}
    </div>
  )
}
