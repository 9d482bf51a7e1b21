'use client'

import { useEffect, useState } from 'react'
import { colorSchemeSwitch } from '../bridge/color-scheme.ts'
import { unknownDevice } from '../device.ts'
import { TrustNote } from '../frame/trust-note.tsx'
import { StageBody } from '../stages/stage-body.tsx'
import { UploadView } from '../upload-view.tsx'
import { NO_CONTROLS } from '../visit/visit-controls.ts'
import { loadWords } from '../words/languages.ts'
import type { Words } from '../words/words.ts'
import { BRAND_PREVIEW_READY, type BrandRequest, type BrandState } from './brand-request.ts'
import { findPageState } from './page-states.ts'

const QUERIES: Record<BrandState, Record<string, string>> = {
  ready: { state: 'ready' },
  uploading: { state: 'uploading' },
  received: { state: 'received', variant: 'leads' },
  rejected: { state: 'rejected', reason: 'archive_modified', detail: 'repacked_macos' },
}

/** The upload page as the surrounding console page requests it: the same components, with buttons that do nothing. */
export function BrandPreview({ words: first }: { words: Words }) {
  const wish = useWish()
  const words = useWords(wish, first)
  const scheme = wish?.scheme
  const [setScheme] = useState(colorSchemeSwitch)
  useEffect(() => {
    if (scheme) setScheme(scheme)
  }, [scheme, setScheme])
  const found = wish && findPageState(QUERIES[wish.state])
  if (!wish || !found) return null
  const session = found.model.session && { ...found.model.session, partner: wish.partner }
  return (
    <UploadView
      key={wish.state}
      model={{ ...found.model, session }}
      words={words}
      controls={NO_CONTROLS}
      Body={StageBody}
      Note={TrustNote}
      device={unknownDevice}
      {...(wish.direction ? { direction: wish.direction } : {})}
    />
  )
}

/** Accepts requests only from the surrounding page, and only from our own origin. */
function useWish(): BrandRequest | null {
  const [wish, setWish] = useState<BrandRequest | null>(null)
  useEffect(() => {
    const hear = ({ source, origin, data }: MessageEvent<BrandRequest>) => {
      if (source !== window.parent || origin !== window.origin || data?.type !== 'arraydrop-brand') return
      setWish(data)
    }
    window.addEventListener('message', hear)
    if (window.parent !== window) window.parent.postMessage(BRAND_PREVIEW_READY, window.origin)
    return () => window.removeEventListener('message', hear)
  }, [])
  return wish
}

function useWords(wish: BrandRequest | null, first: Words): Words {
  const [words, setWords] = useState(first)
  const language = wish?.language ?? 'en'
  useEffect(() => {
    let current = true
    loadWords(language).then(
      (loaded) => current && setWords(loaded),
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [language])
  return words
}
