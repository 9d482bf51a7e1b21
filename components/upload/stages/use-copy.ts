'use client'

import { useState } from 'react'

/** Copies a text to the clipboard and reports the result: some browsers and frames block it. */
export function useCopy(text: string): { copied: 'no' | 'yes' | 'blocked'; copy: () => void } {
  const [copied, setCopied] = useState<'no' | 'yes' | 'blocked'>('no')
  const copy = () =>
    navigator.clipboard?.writeText(text).then(
      () => setCopied('yes'),
      () => setCopied('blocked'),
    ) ?? setCopied('blocked')
  return { copied, copy: () => void copy() }
}
