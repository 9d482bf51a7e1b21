import type { CSSProperties, ReactNode } from 'react'
import styles from './columns.module.css'

type Space = 'sm' | 'md' | 'lg'

interface Props {
  /** How many stand abreast, on screens from each of these widths on. */
  cols: number | { base: number; xs?: number; sm?: number; md?: number; lg?: number }
  spacing?: Space
  /** Between what stands one below the other. */
  verticalSpacing?: Space
  className?: string
  children: ReactNode
}

/** Columns of the same width. The library's bring a <style> each, which the browser reads and applies with every new page. */
export function Columns({
  cols,
  spacing = 'md',
  verticalSpacing = spacing,
  className = '',
  children,
}: Props) {
  const { base, xs = base, sm = xs, md = sm, lg = md } = typeof cols === 'number' ? { base: cols } : cols
  const style = {
    '--columns-base': base,
    '--columns-xs': xs,
    '--columns-sm': sm,
    '--columns-md': md,
    '--columns-lg': lg,
    gap: `var(--mantine-spacing-${verticalSpacing}) var(--mantine-spacing-${spacing})`,
  }
  return (
    <div className={`${styles.columns} ${className}`} style={style as CSSProperties}>
      {children}
    </div>
  )
}
