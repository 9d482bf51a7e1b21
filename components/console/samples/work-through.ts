import { ApiProblem } from '../api/api.ts'
import { isLost } from '../api/problem-words.ts'
import { countOf } from '../kit/count-of.ts'

/** How many samples one request changes: few enough that its progress can be seen, and that one refusal costs little. */
const ROUND_SAMPLES = 25

export interface Chosen {
  id: string
  project: string
}

export interface Round {
  projectId: string
  ids: string[]
}

/** The requests that change these samples: each is about one project. */
export function roundsOf(chosen: readonly Chosen[]): Round[] {
  const rounds: Round[] = []
  for (const [projectId, samples] of Map.groupBy(chosen, ({ project }) => project)) {
    for (let at = 0; at < samples.length; at += ROUND_SAMPLES) {
      rounds.push({ projectId, ids: samples.slice(at, at + ROUND_SAMPLES).map(({ id }) => id) })
    }
  }
  return rounds
}

interface Work {
  /** Makes the request of a round, and returns how many samples it changed. */
  act: (round: Round) => Promise<number>
  /** A round in which nothing can be changed is refused, and the others continue. */
  skips: boolean
  /** Those of the samples that still exist. */
  existing: (ids: readonly string[]) => Promise<string[]>
  /** Called after each round with its samples: nothing is left to do for them. */
  through: (ids: readonly string[]) => void
  /** Ends the work before the next round. */
  signal: AbortSignal
}

export interface Worked {
  /** Samples for which nothing is left to do, changed or not. */
  tried: number
  changed: number
  /** Samples that somebody else had deleted. */
  gone: number
  /** What ended the work early. */
  error: Error | null
}

/**
 * Make these requests one after the other. A round that is refused because some of its samples no longer exist is made
 * again without them; any other error ends the work, and what was done before stays done.
 */
export async function workThrough(rounds: readonly Round[], work: Work): Promise<Worked> {
  const worked: Worked = { tried: 0, changed: 0, gone: 0, error: null }
  for (const round of rounds) {
    if (work.signal.aborted) break
    try {
      const { changed, gone } = await actOnExisting(round, work)
      worked.changed += changed
      worked.gone += gone
    } catch (error) {
      return { ...worked, error: error as Error }
    }
    worked.tried += round.ids.length
    work.through(round.ids)
  }
  return worked
}

async function actOnExisting(round: Round, work: Work): Promise<Pick<Worked, 'changed' | 'gone'>> {
  try {
    return { changed: await work.act(round), gone: 0 }
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 400) throw error
    const ids = await work.existing(round.ids)
    const gone = round.ids.length - ids.length
    if (gone === 0 && !work.skips) throw error
    if (gone === 0 || ids.length === 0) return { changed: 0, gone }
    const again = await actOnExisting({ ...round, ids }, work)
    return { changed: again.changed, gone: gone + again.gone }
  }
}

/** How far the work came: `done` is what became of the samples. */
export function sayWorked({ changed, gone, error }: Worked, all: number, done: string): string {
  // Without an answer nobody knows whether the last request was carried out.
  const least = error instanceof ApiProblem && error.status === 0 && isLost(error) ? 'At least ' : ''
  const lost = gone === 0 ? '' : ` ${gone} no longer ${gone === 1 ? 'exists' : 'exist'}.`
  return `${least}${changed} of ${countOf(all, 'sample')} ${changed === 1 || all === 1 ? 'was' : 'were'} ${done}.${lost}`
}
