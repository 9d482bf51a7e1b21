/** What is wrong with a period of local times, by field. Without an end it lasts until `now`. */
export function refusePeriod({ from, to }: { from: string; to: string }, now: Date): { from: string | null } {
  if (from === '') return { from: 'Enter a start.' }
  const end = to === '' ? now : new Date(to)
  return { from: new Date(from) > end ? 'This time is after the end.' : null }
}
