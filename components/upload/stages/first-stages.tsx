'use client'

import { type ComponentType, useEffect, useState } from 'react'
import { loadPart } from '../load-part.ts'
import { waitForPage } from '../start/early-visit.ts'
import type { ViewProps } from '../view-props.ts'
import type { ReadyStage } from './ready-stage.tsx'
import { WaitingStage } from './waiting-stage.tsx'

/** On a slow connection the session's reply gets priority, but only for this long. */
const OPENING_MS = 1_500

/**
 * What a person sees first, and that alone comes with the page: it holds the button already. The ready stage is fetched
 * together with the session, the others once that is known, long before a file is chosen; what is late is waited for.
 */
export function FirstStages(props: ViewProps) {
  const { stage } = props.model
  const Ready = useLater(loadReady, 0)
  const Later = useLater(loadOthers, stage.name === 'loading' ? OPENING_MS : 0)
  if (stage.name === 'loading' || stage.name === 'leaving') return <WaitingStage {...props} stage={stage} />
  if (stage.name === 'ready' && Ready) return <Ready {...props} stage={stage} />
  if (stage.name !== 'ready' && Later) return <Later {...props} />
  return <UnloadedStage {...props} />
}

/** The part of the page that draws this stage has not come yet. A line that has gone dead never says so. */
function UnloadedStage(props: ViewProps) {
  useEffect(waitForPage, [])
  return <WaitingStage {...props} stage={{ name: 'loading' }} />
}

/** What the page promises, which is about a session and so fetched together with it. */
export function FirstNote(props: ViewProps) {
  const Note = useLater(loadNote, 0)
  return Note && <Note {...props} />
}

const loadNote = (): Promise<ComponentType<ViewProps>> =>
  import('../frame/trust-note.tsx').then(({ TrustNote }) => TrustNote)
const loadReady = (): Promise<typeof ReadyStage> =>
  import('./ready-stage.tsx').then(({ ReadyStage }) => ReadyStage)
const loadOthers = (): Promise<ComponentType<ViewProps>> =>
  import('./stage-body.tsx').then(({ StageBody }) => StageBody)

/** Null until the part is there. It is asked for after the session is, and after `afterMs`. */
function useLater<Part>(load: () => Promise<Part>, afterMs: number): Part | null {
  const [part, setPart] = useState<Part | null>(null)
  useEffect(() => {
    let stop: (() => void) | undefined
    const timer = setTimeout(() => {
      stop = loadPart(load, (loaded) => setPart(() => loaded))
    }, afterMs)
    return () => {
      clearTimeout(timer)
      stop?.()
    }
  }, [load, afterMs])
  return part
}
