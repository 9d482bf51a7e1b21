'use client'

import { useEffect } from 'react'
import styles from '../upload-view.module.css'
import type { ViewProps } from '../view-props.ts'
import type { SessionFacts } from '../visit/session-facts.ts'

/**
 * Who is asking: the partner's logo, or its initial and name. Takes the same room before it is known, so that nothing
 * moves.
 */
export function PartnerMark({ model }: Pick<ViewProps, 'model'>) {
  const partner = model.session?.partner
  if (!partner)
    return model.stage.name === 'loading' ? <p className={styles.mark} aria-hidden="true" /> : null
  if (partner.brand?.logo) {
    return (
      <p className={styles.mark}>
        {/* biome-ignore lint/performance/noImgElement: a small data: URL that needs no optimising */}
        <img className={styles.logo} src={partner.brand.logo} alt={partner.name} />
      </p>
    )
  }
  return (
    <p className={styles.mark}>
      <span className={styles.monogram} aria-hidden="true">
        {initialOf(partner.name)}
      </span>
      <bdi className={styles.partnerName}>{partner.name}</bdi>
    </p>
  )
}

/** The first letter or digit as people see it, capital where the script has capitals. */
const initialOf = (name: string): string =>
  (/[\p{L}\p{N}]\p{M}*/u.exec(name)?.[0] ?? [...name][0] ?? '').toLocaleUpperCase()

type Brand = SessionFacts['partner']['brand']

/**
 * Passes the partner's colours to the style sheet, which derives the others; the main button may have one of its own. Uses the DOM because the page's policy
 * allows no inline styles.
 */
export function useBrand(brand: Brand): void {
  const light = brand?.accent?.light ?? null
  const dark = brand?.accent?.dark ?? null
  const surface = brand?.button?.surface ?? null
  const label = brand?.button?.label ?? null
  useEffect(() => {
    const { style, dataset } = document.documentElement
    if (!light || !dark) return
    style.setProperty('--accent-light', light)
    style.setProperty('--accent-dark', dark)
    dataset.brand = ''
    return () => {
      delete dataset.brand
    }
  }, [light, dark])
  useEffect(() => {
    const { style, dataset } = document.documentElement
    if (!surface || !label) return
    style.setProperty('--button-surface', surface)
    style.setProperty('--button-label', label)
    dataset.button = ''
    return () => {
      delete dataset.button
    }
  }, [surface, label])
}
