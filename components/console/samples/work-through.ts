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

/**
 * Make these requests one after the other, and return how many samples were changed. `act` returns those of its round;
 * an error ends the work, and what was done before stays done.
 */
export async function workThrough(
  rounds: readonly Round[],
  act: (round: Round) => Promise<number>,
  progress: (tried: number) => void,
): Promise<number> {
  let changed = 0
  let tried = 0
  for (const round of rounds) {
    changed += await act(round)
    tried += round.ids.length
    progress(tried)
  }
  return changed
}
