'use client'

import { useEffect, useState } from 'react'
import { thisDevice, unknownDevice } from './device.ts'
import { RedrawBoundary } from './frame/redraw-boundary.tsx'
import { loadPart } from './load-part.ts'
import { useWakeLock } from './sending/use-wake-lock.ts'
import { FirstNote, FirstStages } from './stages/first-stages.tsx'
import { openEarly } from './start/early-opening.ts'
import { canStart, holdVisit, pageStarted } from './start/early-visit.ts'
import { UploadView } from './upload-view.tsx'
import type { Visit } from './visit/start-visit.ts'
import { NO_CONTROLS } from './visit/visit-controls.ts'
import { initialModel, type StageName } from './visit/visit-model.ts'
import { loadWords, pickLanguage } from './words/languages.ts'
import type { Words } from './words/words.ts'

const UNDER_WAY: readonly StageName[] = ['reading', 'checked', 'uploading', 'verifying']

const loadVisit = () => import('./visit/start-visit.ts').then(({ startVisit }) => startVisit)

/**
 * The working upload page: a controller behind the view, which may be drawn again without it. It loads while the session is
 * being opened. The first words come with the page, in the browser's language.
 */
export function UploadPanel({ words: firstWords }: { words: Words }) {
  const [visit, setVisit] = useState<Visit | null>(null)
  const [model, setModel] = useState(initialModel)
  const [device, setDevice] = useState(unknownDevice)
  const [hostLocale, setHostLocale] = useState<string | null>(null)
  const words = useWordsOf(hostLocale ?? model.session?.locale ?? null, firstWords)

  useEffect(() => {
    if (!canStart()) return
    const api = openEarly()
    let running: Visit | null = null
    const stopLoading = loadPart(loadVisit, (startVisit) => {
      pageStarted()
      running = startVisit(api, { show: setModel, setLocale: setHostLocale })
      setVisit(running)
    })
    setDevice(thisDevice())
    return () => {
      stopLoading()
      running?.stop()
    }
  }, [])

  const stage = model.stage.name
  useWakeLock(stage === 'uploading' || stage === 'verifying')
  useEffect(() => holdVisit(UNDER_WAY.includes(stage)), [stage])
  useEffect(() => {
    if (stage === 'ready') visit?.preload()
  }, [stage, visit])
  return (
    <RedrawBoundary>
      <UploadView
        model={model}
        words={words}
        controls={visit?.controls ?? NO_CONTROLS}
        device={device}
        Body={FirstStages}
        Note={FirstNote}
      />
    </RedrawBoundary>
  )
}

/** The session's own language once it is known; the first words stay until it has loaded, and if it cannot be loaded. */
function useWordsOf(locale: string | null, firstWords: Words): Words {
  const [words, setWords] = useState(firstWords)
  useEffect(() => {
    if (!locale) return
    let current = true
    loadWords(pickLanguage([locale, firstWords.locale])).then(
      (loaded) => current && setWords(loaded),
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [locale, firstWords.locale])
  useEffect(() => {
    const root = document.documentElement
    root.lang = words.locale
    // For what takes over if the page cannot be drawn any more.
    root.dataset.locale = words.locale
    document.title = words.title
  }, [words])
  return words
}
