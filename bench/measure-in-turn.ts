/** The values of each way of doing the same thing, one per round. */
export type Rounds<Way extends string> = Record<Way, number[]>

/**
 * Run every way once per round, one after the other, so that load on the machine affects all alike. The order alternates
 * between rounds. The first round warms up and does not count.
 */
export async function measureInTurn<Way extends string>(
  rounds: number,
  ways: Record<Way, () => Promise<number>>,
): Promise<Rounds<Way>> {
  const names = Object.keys(ways) as Way[]
  const values = Object.fromEntries(names.map((name) => [name, []])) as unknown as Rounds<Way>
  for (let round = 0; round <= rounds; round++) {
    for (const name of round % 2 ? names : names.toReversed()) {
      const value = await ways[name]()
      if (round > 0) values[name].push(value)
    }
  }
  return values
}

export const least = (values: number[]): number => Math.min(...values)
