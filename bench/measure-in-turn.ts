/** Values of several ways of doing the same, from one round each. */
export type Rounds<Way extends string> = Record<Way, number[]>

/**
 * Run every way once a round, one after the other, so that a busy machine hits all alike; the order turns about each
 * round. The first round warms up and is thrown away.
 */
export async function interleave<Way extends string>(
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
