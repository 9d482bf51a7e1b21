'use client'

import Link from 'next/link'
import { type ComponentProps, useState } from 'react'

/**
 * A link to a page of the console. The page, which has no data of its own, is loaded ahead once the pointer or the focus is
 * on the link. Loading every page of the menu ahead would delay the data of the page that is read.
 */
export function PageLink({ onPointerEnter, onFocus, ...link }: ComponentProps<typeof Link>) {
  const [wanted, setWanted] = useState(false)
  return (
    <Link
      {...link}
      prefetch={wanted}
      onPointerEnter={(event) => {
        setWanted(true)
        onPointerEnter?.(event)
      }}
      onFocus={(event) => {
        setWanted(true)
        onFocus?.(event)
      }}
    />
  )
}
