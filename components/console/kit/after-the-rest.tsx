'use client'

import { type ReactNode, useDeferredValue } from 'react'

interface Props {
  /** Pixels that the content takes, about: what is below it hardly moves when it comes. */
  height: number
  children: ReactNode
}

/** What takes long to draw, and is not what a person looks at first: left blank until the rest stands on the page. */
export function AfterTheRest({ height, children }: Props) {
  const drawn = useDeferredValue(true, false)
  return drawn ? children : <div style={{ minHeight: height }} />
}
