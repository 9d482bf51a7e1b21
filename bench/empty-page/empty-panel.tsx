'use client'

import { useEffect } from 'react'

/** Says when its first effect ran, and does nothing else. */
export function EmptyPanel() {
  useEffect(() => {
    performance.mark('interactive')
  }, [])
  return <main />
}
