'use client'

import { useEffect, useState } from 'react'
import { type Device, unknownDevice } from '../device.ts'
import { TrustNote } from '../frame/trust-note.tsx'
import { StageBody } from '../stages/stage-body.tsx'
import { UploadView } from '../upload-view.tsx'
import { NO_CONTROLS } from '../visit/visit-controls.ts'
import type { VisitModel } from '../visit/visit-model.ts'
import type { Words } from '../words/words.ts'
import { findPageState } from './page-states.ts'
import { SAMPLE_BRAND } from './sample-brand.ts'

const DEVICE: Device = { ...unknownDevice, system: 'ios', canShare: true, link: 'https://upload.example/' }

/** What an address asks to see: a state, and how to show it. */
export type Wanted = Partial<Record<'state' | 'reason' | 'detail' | 'variant' | 'dir' | 'brand', string>>

/** One state of the upload page as people see it, with buttons that do nothing. */
export function PreviewView({ wanted: first, words }: { wanted: Wanted; words: Words }) {
  const wanted = useWanted(first)
  const found = findPageState(wanted)
  if (!found) return null
  return (
    <UploadView
      // A state of its own, as if the page had just been opened in it.
      key={JSON.stringify(wanted)}
      model={wanted.brand ? inBrand(found.model) : found.model}
      words={words}
      controls={NO_CONTROLS}
      Body={StageBody}
      Note={TrustNote}
      device={{ ...DEVICE, ...found.device }}
      {...(wanted.dir === 'rtl' || wanted.dir === 'ltr' ? { direction: wanted.dir } : {})}
    />
  )
}

/** The fragment of the address shows another state without loading another page, so that looking at all of them is quick. */
function useWanted(first: Wanted): Wanted {
  const [wanted, setWanted] = useState(first)
  useEffect(() => {
    const read = () => {
      const fragment = location.hash.slice(1)
      if (fragment) setWanted(Object.fromEntries(new URLSearchParams(fragment)))
    }
    read()
    window.addEventListener('hashchange', read)
    return () => window.removeEventListener('hashchange', read)
  }, [])
  useEffect(() => {
    document.documentElement.dataset.preview = new URLSearchParams(wanted).toString()
  }, [wanted])
  return wanted
}

const inBrand = ({ session, ...model }: VisitModel): VisitModel => ({
  ...model,
  session: session && { ...session, partner: { ...session.partner, brand: SAMPLE_BRAND } },
})
