'use client'

import { useEffect, useState } from 'react'
import { joinHost } from './bridge/join-host.ts'
import { thisDevice, unknownDevice } from './device.ts'
import { FirstStages } from './stages/first-stages.tsx'
import { initialModel } from './visit/visit-model.ts'
import { UploadView } from './upload-view.tsx'
import { useAwake } from './sending/use-wake-lock.ts'
import { browserPorts, preloadParts } from './visit/browser-ports.ts'
import { type UploadActions, type UploadController, uploadController } from './visit/visit-controller.ts'
import { watchPage } from './visit/watch-page-return.ts'
import { loadWords, pickLanguage } from './words/languages.ts'
import type { Words } from './words/words.ts'

const nothing = () => undefined
/** Before the page runs there is nothing to press yet. */
const NOT_YET: UploadActions = {
  choose: nothing,
  cancel: nothing,
  goOn: nothing,
  noFileYet: nothing,
  back: nothing,
  leave: nothing,
  askAgain: nothing,
}

/** The living upload page: a controller behind the view. The first words come with the page, in the browser's language. */
export function UploadPanel({ words: firstWords }: { words: Words }) {
  const [controller, setController] = useState<UploadController | null>(null)
  const [model, setModel] = useState(initialModel)
  const [device, setDevice] = useState(unknownDevice)
  const [hostLocale, setHostLocale] = useState<string | null>(null)
  const words = useWordsOf(hostLocale ?? model.session?.locale ?? null, firstWords)

  useEffect(() => {
    const host = joinHost()
    const running = uploadController(browserPorts(host.go))
    const unsubscribe = running.subscribe(() => setModel(running.model()))
    const unwatch = watchPage(running.woken)
    const detach = host.attend(running, { setLocale: setHostLocale })
    setController(running)
    setDevice(thisDevice())
    running.start()
    return () => {
      detach()
      unwatch()
      unsubscribe()
      running.stop()
    }
  }, [])

  const stage = model.stage.name
  useAwake(stage === 'uploading' || stage === 'verifying')
  useEffect(() => {
    if (stage === 'ready') preloadParts()
  }, [stage])
  return (
    <UploadView
      model={model}
      words={words}
      actions={controller ?? NOT_YET}
      device={device}
      Body={FirstStages}
    />
  )
}

/** The session's own language once it is known; until it is loaded, and if it cannot be, the first words stay. */
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
    document.documentElement.lang = words.locale
    document.title = words.title
  }, [words])
  return words
}
