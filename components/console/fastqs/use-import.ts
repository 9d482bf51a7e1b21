'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { MapRow } from '#lib/fastq/map/read-map.ts'
import type { AssignAnswer } from '#lib/fastq/wire.ts'
import { callApi } from '../api/api.ts'
import { wordsOf } from '../api/problem-words.ts'
import { type RowOutcome, sendMap } from './send-map.ts'

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
  /** Why it stopped early. */
  problem: string | null
  /** Sends the rows that were not accepted yet. */
  send(rows: readonly MapRow[], where: Where): Promise<void>
  stop(): void
  assign(rows: readonly MapRow[], projectId: string): Promise<void>
  forget(): void
}

/** An import: sends the rows of a map, then creates samples from them. */
export function useImport(): Import {
  const client = useQueryClient()
  const [phase, setPhase] = useState<Import['phase']>('ready')
  const [outcomes, setOutcomes] = useState<ReadonlyMap<number, RowOutcome>>(new Map())
  const [samples, setSamples] = useState(0)
  const [problem, setProblem] = useState<string | null>(null)
  const stopping = useRef<AbortController | null>(null)
  const renew = () =>
    client.invalidateQueries({ predicate: ({ queryKey: [path] }) => /^(sample|uploads)/.test(String(path)) })

  return {
    phase,
    outcomes,
    samples,
    problem,
    async send(rows, { destination, projectId }) {
      setProblem(null)
      setPhase('sending')
      const controller = new AbortController()
      stopping.current = controller
      const known = new Map([...outcomes].filter(([, outcome]) => 'id' in outcome))
      try {
        await sendMap(
          rows.filter(({ line }) => !known.has(line)),
          {
            destination,
            projectId,
            signal: controller.signal,
            onOutcome(row, outcome) {
              known.set(row.line, outcome)
              setOutcomes(new Map(known))
            },
          },
        )
        setPhase('sent')
      } catch (error) {
        if (!controller.signal.aborted) setProblem(wordsOf(error as Error))
        controller.abort()
        setPhase('stopped')
      }
      await renew()
    },
    stop: () => stopping.current?.abort(),
    async assign(rows, projectId) {
      setProblem(null)
      setPhase('assigning')
      const uploads = samplesOf(rows, outcomes)
      try {
        for (let from = samples; from < uploads.length; from += SAMPLES_MAX) {
          const { uploads: made } = await callApi<AssignAnswer>(`project-samples/${projectId}`, {
            method: 'POST',
            body: { uploads: uploads.slice(from, from + SAMPLES_MAX) },
          })
          setSamples((before) => before + made.length)
        }
        setPhase('assigned')
      } catch (error) {
        setProblem(wordsOf(error as Error))
        setPhase('sent')
      }
      await renew()
    },
    forget() {
      stopping.current?.abort()
      setPhase('ready')
      setOutcomes(new Map())
      setSamples(0)
      setProblem(null)
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
