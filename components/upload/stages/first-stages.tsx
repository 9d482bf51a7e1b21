'use client'

import { type ComponentType, useEffect, useState } from 'react'
import type { ViewProps } from '../view-props.ts'
import { ReadyStage } from './ready-stage.tsx'
import { WaitingStage } from './waiting-stage.tsx'

const RETRY_MS = 2_000
/** On a slow connection the session's reply gets priority, but only for this long. */
const OPENING_MS = 1_500

/**
 * What a person sees first. The other stages are fetched once the session is known, long before a file is chosen; if
 * they are late, the page shows that it is busy.
 */
export function FirstStages(props: ViewProps) {
  const { stage } = props.model
  const Later = useLaterStages(stage.name === 'loading')
  if (stage.name === 'loading' || stage.name === 'leaving') return <WaitingStage {...props} stage={stage} />
  if (stage.name === 'ready') return <ReadyStage {...props} stage={stage} />
  return Later ? <Later {...props} /> : <WaitingStage {...props} stage={{ name: 'loading' }} />
}

function useLaterStages(opening: boolean): ComponentType<ViewProps> | null {
  const [Later, setLater] = useState<ComponentType<ViewProps> | null>(null)
  useEffect(() => {
    let next: ReturnType<typeof setTimeout> | undefined
    let over = false
    const load = () =>
      import('./stage-body.tsx').then(
        ({ StageBody }) => {
          if (!over) setLater(() => StageBody)
        },
        () => {
          if (!over) next = setTimeout(load, RETRY_MS)
        },
      )
    next = setTimeout(load, opening ? OPENING_MS : 0)
    return () => {
      over = true
      clearTimeout(next)
    }
  }, [opening])
  return Later
}
