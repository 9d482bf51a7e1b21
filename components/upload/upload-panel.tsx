'use client'

import { useEffect, useState } from 'react'
import { joinHost } from './bridge/join-host.ts'
import { thisDevice, unknownDevice } from './device.ts'
import { RedrawBoundary } from './frame/redraw-boundary.tsx'
import { useWakeLock } from './sending/use-wake-lock.ts'
import { FirstNote, FirstStages } from './stages/first-stages.tsx'
import { holdVisit, PANEL_ID, pageStarted } from './start/early-visit.ts'
import { UploadView } from './upload-view.tsx'
import { browserPorts } from './visit/browser-ports.ts'
import { type VisitController, visitController } from './visit/visit-controller.ts'
import { NO_CONTROLS } from './visit/visit-controls.ts'
import { initialModel, type StageName } from './visit/visit-model.ts'
import { watchPageReturn } from './visit/watch-page-return.ts'
import { watchSight } from './visit/watch-sight.ts'
import { loadWords, pickLanguage } from './words/languages.ts'
import type { Words } from './words/words.ts'

const UNDER_WAY: readonly StageName[] = ['reading', 'checked', 'uploading', 'verifying']

/** The working upload page: a controller behind the view, which may be drawn again without it. The first words come with the page, in the browser's language. */
export function UploadPanel({ words: firstWords }: { words: Words }) {
  const [controller, setController] = useState<VisitController | null>(null)
  const [preload, setPreload] = useState<(() => void) | null>(null)
  const [model, setModel] = useState(initialModel)
  const [device, setDevice] = useState(unknownDevice)
  const [hostLocale, setHostLocale] = useState<string | null>(null)
  const words = useWordsOf(hostLocale ?? model.session?.locale ?? null, firstWords)

  useEffect(() => {
    if (!pageStarted()) return
    const host = joinHost()
    const sight = watchSight(document.getElementById(PANEL_ID), () => running.woken())
    const ports = browserPorts(host.go, sight.seen)
    const running = visitController(ports)
    const unsubscribe = running.subscribe(() => setModel(running.model()))
    const unwatch = watchPageReturn(running.woken)
    const detach = host.attend(running, { setLocale: setHostLocale })
    setController(running)
    setPreload(() => ports.preload)
    setDevice(thisDevice())
    running.start()
    return () => {
      sight.stop()
      detach()
      unwatch()
      unsubscribe()
      running.stop()
    }
  }, [])

  const stage = model.stage.name
  useWakeLock(stage === 'uploading' || stage === 'verifying')
  useEffect(() => holdVisit(UNDER_WAY.includes(stage)), [stage])
  useEffect(() => {
    if (stage === 'ready') preload?.()
  }, [stage, preload])
  return (
    <RedrawBoundary>
      <UploadView
        model={model}
        words={words}
        controls={controller ?? NO_CONTROLS}
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
