'use client'

import { useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { type ComponentProps, useEffect, useRef, useState } from 'react'
import { loadAhead } from '../frame/load-ahead.ts'

/** A pointer that only crosses a list leaves each of its links sooner. */
const INTENT_MS = 30

/**
 * A link to a page of the console. The page and what it shows first are loaded ahead once the pointer or the focus stays on
 * the link. Loading every page of the menu ahead would delay the data of the page that is read.
 */
export function PageLink({ onPointerEnter, onPointerLeave, onFocus, ...link }: ComponentProps<typeof Link>) {
  const [wanted, setWanted] = useState(false)
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const prepare = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      setWanted(true)
      void loadAhead(client, String(link.href))
    }, INTENT_MS)
  }
  return (
    <Link
      {...link}
      prefetch={wanted}
      onPointerEnter={(event) => {
        prepare()
        onPointerEnter?.(event)
      }}
      onPointerLeave={(event) => {
        clearTimeout(timer.current)
        onPointerLeave?.(event)
      }}
      onFocus={(event) => {
        prepare()
        onFocus?.(event)
      }}
    />
  )
}
