'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ApiProblem, callApi, PartlyDone } from '../api/api.ts'
import { wordsOf } from '../api/problem-words.ts'
import { showNotice } from '../api/show-notice.ts'
import { renew } from '../api/take-answer.ts'
import { tellFailure } from '../api/tell-failure.ts'
import { type Loss, useUnsaved } from '../frame/unsaved-work.tsx'
import { type Chosen, type Round, roundsOf, sayWorked, type Worked, workThrough } from './work-through.ts'

interface Deed {
  samples: readonly Chosen[]
  act: (round: Round) => Promise<number>
  /** A round in which nothing can be changed is refused as a whole. */
  skips?: boolean
  /** What became of them, after their number. */
  done: string
}

export type PickedIn = 'this list' | 'another list' | 'none'

/** What is left to repeat it with. */
const REST: Record<PickedIn, string> = {
  'this list': ' The others are still picked, to repeat it with them.',
  'another list': ' The others are picked again once the filters are as they were, to repeat it with them.',
  none: '',
}

interface Picks {
  unpick: (ids: readonly string[]) => void
  /** Whether one of these is picked still: in the list as it is shown now, or as it was when another question was asked. */
  pickedIn: (samples: readonly Chosen[]) => PickedIn
  acted: () => void
}

export interface SampleWork {
  start: (deed: Deed) => void
  tried: number
  /** How many samples are worked on; 0 while nothing is under way. */
  total: number
}

const LOSS: Loss = {
  title: 'Stop before everything is done?',
  words:
    'The samples you picked are still being worked on. If you leave now, what is done stays done, and the others stay as they are.',
  leave: 'Stop and leave',
}

/**
 * One deed at a time, done to many samples. It goes on while the list is searched or filtered, and ends when the page is left,
 * which asks first. `unpick` gets every sample for which nothing is left to do, as soon as that is known, so that the
 * samples that are still picked after a failure are those to repeat it with.
 */
export function useSampleWork({ unpick, pickedIn, acted }: Picks): SampleWork {
  const client = useQueryClient()
  const [tried, setTried] = useState(0)
  const leaving = useRef<AbortController | null>(null)
  useEffect(() => () => leaving.current?.abort(), [])
  const work = useMutation<Worked, Error, Deed>({
    mutationFn: async ({ samples, act, skips = false, done }) => {
      setTried(0)
      leaving.current = new AbortController()
      const worked = await workThrough(roundsOf(samples), {
        act,
        skips,
        existing: stillThere,
        signal: leaving.current.signal,
        through(ids) {
          unpick(ids)
          setTried((before) => before + ids.length)
        },
      })
      if (worked.error) throw new PartlyDone(worked.error, sayWorked(worked, samples.length, done))
      return worked
    },
    onSuccess: (worked, { samples, done }) => {
      const rest = worked.tried - worked.gone - worked.changed
      const whole = rest === 0 && worked.tried === samples.length
      showNotice({
        message: `${sayWorked(worked, samples.length, done)}${
          rest > 0 ? ' The others had changed meanwhile, or their file is no longer kept.' : ''
        }${worked.tried < samples.length ? ' You left before the others.' : ''}`,
        color: whole ? 'drop' : 'yellow',
      })
    },
    onError(error, { samples }) {
      tellFailure(error, {
        title: 'Not everything was done',
        message: `${wordsOf(error)}${leaving.current?.signal.aborted ? '' : REST[pickedIn(samples)]}`,
      })
    },
    onSettled: async () => {
      await renew(client)
      acted()
    },
  })
  useUnsaved(work.isPending, LOSS)
  return { start: work.mutate, tried, total: work.isPending ? work.variables.samples.length : 0 }
}

async function stillThere(ids: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    ids.map((id) =>
      callApi(`samples/${id}`).then(
        () => [id],
        (error: Error) => {
          if (error instanceof ApiProblem && error.status === 404) return []
          throw error
        },
      ),
    ),
  )
  return found.flat()
}
