'use client'

import { useEffect } from 'react'
import styles from '../upload-view.module.css'
import type { ViewProps } from '../view-props.ts'
import type { SessionFacts } from '../visit/session-facts.ts'

/** The partner's logo, where there is one; the words beside it name the partner anyway. */
export function PartnerMark({ model }: Pick<ViewProps, 'model'>) {
  const partner = model.session?.partner
  if (!partner?.brand?.logo) return null
  return (
    <p className={styles.mark}>
      {/* biome-ignore lint/performance/noImgElement: a small data: URL, which nobody could make smaller */}
      <img className={styles.logo} src={partner.brand.logo} alt={partner.name} />
    </p>
  )
}

type Brand = SessionFacts['partner']['brand']

/**
 * Hands the partner's colours to the style sheet, which makes the rest of them. Through the object model: the page's
 * policy allows no style in the markup.
 */
export function useBrand(brand: Brand): void {
  const light = brand?.accent?.light ?? null
  const dark = brand?.accent?.dark ?? null
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
}
