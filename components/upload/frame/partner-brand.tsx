'use client'

import { useEffect } from 'react'
import styles from '../upload-view.module.css'
import type { ViewProps } from '../view-props.ts'
import type { SessionFacts } from '../visit/session-facts.ts'

/** The partner's logo, if there is one; the text beside it names the partner anyway. */
export function PartnerMark({ model }: Pick<ViewProps, 'model'>) {
  const partner = model.session?.partner
  if (!partner?.brand?.logo) return null
  return (
    <p className={styles.mark}>
      {/* biome-ignore lint/performance/noImgElement: a small data: URL that needs no optimising */}
      <img className={styles.logo} src={partner.brand.logo} alt={partner.name} />
    </p>
  )
}

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
