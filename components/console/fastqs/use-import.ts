'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { MapRow } from '#lib/fastq/map/read-map.ts'
import type { AssignAnswer } from '#lib/fastq/wire.ts'
import { callApi, PartlyDone } from '../api/api.ts'
import { mayHaveBeenDone, wordsOf } from '../api/problem-words.ts'
import { requestKeys } from '../api/request-key.ts'
import { renew } from '../api/take-answer.ts'
import { useForgottenError } from '../api/use-api.tsx'
import { countOf } from '../kit/count-of.ts'
import { type RowOutcome, sendMap, untilAnswered } from './send-map.ts'

/** The most samples that one call takes. */
const SAMPLES_MAX = 200

interface Where {
  destination: string
  projectId: string | null
}

export interface Import {
  phase: 'ready' | 'sending' | 'stopped' | 'sent' | 'assigning' | 'assigned'
  /** By line of the map. */
  outcomes: ReadonlyMap<number, RowOutcome>
  /** How many samples were created. */
  samples: number
  /** The project in which samples were created, or may have been: the rest goes there too. */
  bound: string | null
  /** Why it stopped early. */
  problem: string | null
  /** Sends the rows that were not accepted yet. */
  send(rows: readonly MapRow[], where: Where): void
  stop(): void
  isAtWork(): boolean
  /** Creates the samples that were not created yet, each once, even where the answer to the first request was lost. */
  assign(rows: readonly MapRow[], projectId: string): void
  /** Begins anew. Not for while it is at work. */
  forget(): void
}

/** An import: sends the rows of a map, then creates samples from them. It ends when the page is left. */
export function useImport(): Import {
  const client = useQueryClient()
  const [phase, setPhase] = useState<Import['phase']>('ready')
  const [outcomes, setOutcomes] = useState<ReadonlyMap<number, RowOutcome>>(new Map())
  const [samples, setSamples] = useState(0)
  const [bound, setBound] = useState<string | null>(null)
  const [keys] = useState(requestKeys)
  const stopping = useRef<AbortController | null>(null)
  useEffect(() => () => stopping.current?.abort(), [])
  const begin = (phase: 'sending' | 'assigning') => {
    setPhase(phase)
    stopping.current = new AbortController()
    return stopping.current
  }
  const end = () => {
    stopping.current = null
    return renew(client)
  }
  const sending = useMutation<void, Error, { rows: readonly MapRow[]; where: Where }>({
    mutationFn: async ({ rows, where }) => {
      const controller = begin('sending')
      const known = new Map([...outcomes].filter(([, outcome]) => 'id' in outcome))
      try {
        await sendMap(
          rows.filter(({ line }) => !known.has(line)),
          {
            ...where,
            signal: controller.signal,
            onOutcome(row, outcome) {
              known.set(row.line, outcome)
              setOutcomes(new Map(known))
            },
          },
        )
        setPhase('sent')
      } catch (error) {
        setPhase('stopped')
        if (controller.signal.aborted) return
        controller.abort()
        const up = [...known.values()].filter((outcome) => 'id' in outcome).length
        throw up === 0
          ? error
          : new PartlyDone(
              error as Error,
              `${up} of ${countOf(rows.length, 'file')} ${up === 1 ? 'was' : 'were'} accepted.`,
            )
      }
    },
    onSettled: end,
  })
  const assigning = useMutation<void, Error, { rows: readonly MapRow[]; projectId: string }>({
    mutationFn: async ({ rows, projectId }) => {
      const { signal } = begin('assigning')
      const uploads = samplesOf(rows, outcomes)
      let made = samples
      setBound(projectId)
      try {
        while (made < uploads.length) {
          const body = { uploads: uploads.slice(made, made + SAMPLES_MAX) }
          const key = keys.keyOf(`${projectId} ${JSON.stringify(body)}`)
          const answer = await untilAnswered(signal, () =>
            callApi<AssignAnswer>(`project-samples/${projectId}`, { method: 'POST', body, key, signal }),
          )
          made += answer.uploads.length
          setSamples(made)
        }
        setPhase('assigned')
      } catch (error) {
        setPhase('sent')
        if (made === 0 && !mayHaveBeenDone(error as Error)) setBound(null)
        if (signal.aborted) return
        throw made === 0
          ? error
          : new PartlyDone(
              error as Error,
              `${made} of ${countOf(uploads.length, 'sample')} ${made === 1 ? 'was' : 'were'} created.`,
            )
      }
    },
    onSettled: end,
  })
  useForgottenError(sending)
  useForgottenError(assigning)
  const problem = sending.error ?? assigning.error

  return {
    phase,
    outcomes,
    samples,
    bound,
    problem: problem && wordsOf(problem),
    send(rows, where) {
      assigning.reset()
      sending.mutate({ rows, where })
    },
    stop: () => stopping.current?.abort(),
    isAtWork: () => stopping.current !== null,
    assign(rows, projectId) {
      sending.reset()
      assigning.mutate({ rows, projectId })
    },
    forget() {
      setPhase('ready')
      setOutcomes(new Map())
      setSamples(0)
      setBound(null)
      sending.reset()
      assigning.reset()
    },
  }
}

/** R1 and R2 in pairs, in the order of the map, once every row was accepted. */
function samplesOf(rows: readonly MapRow[], outcomes: ReadonlyMap<number, RowOutcome>) {
  const partOf = (row: MapRow | undefined) => {
    const outcome = row && outcomes.get(row.line)
    return outcome && 'id' in outcome ? { upload: outcome.id } : undefined
  }
  const seconds = new Map(
    rows.flatMap((row) => (row.rNotation === 'R2' ? [[row.clientId, row] as const] : [])),
  )
  return rows.flatMap((row) => {
    const r1 = row.rNotation === 'R1' ? partOf(row) : undefined
    if (!r1) return []
    const r2 = partOf(seconds.get(row.clientId))
    return [{ client_id: row.clientId, fastq: r2 ? { r1, r2 } : { r1 } }]
  })
}
