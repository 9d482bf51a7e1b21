'use client'

import { useEffect } from 'react'
import type { SessionFacts } from '../visit/visit-model.ts'

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
