'use client'

import { useState } from 'react'

/** Puts a text on the clipboard, and tells what came of it: some browsers and frames do not let a page do that. */
export function useCopy(text: string): { copied: 'no' | 'yes' | 'blocked'; copy: () => void } {
  const [copied, setCopied] = useState<'no' | 'yes' | 'blocked'>('no')
  const copy = () =>
    navigator.clipboard?.writeText(text).then(
      () => setCopied('yes'),
      () => setCopied('blocked'),
    ) ?? setCopied('blocked')
  return { copied, copy: () => void copy() }
}
