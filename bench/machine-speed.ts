import { createHash } from 'node:crypto'

/** CPU-seconds that the loop takes on the machine on which bounds in seconds were set, when it is idle. */
const REFERENCE_SECONDS = 0.4
const ROUNDS = 5

/**
 * How many times as long as the reference machine this one takes for a fixed piece of work: what JavaScript computes and
 * allocates, and what native code hashes. At least 1: a quick machine makes no bound stricter. By CPU and by the least of
 * several rounds, so that other programs count as little as they may.
 */
export function slownessOfMachine(): number {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1_000_000)
  }
  return Math.max(1, least / REFERENCE_SECONDS)
}

function work(): number {
  let state = 1
  for (let n = 0; n < 100_000_000; n++) state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
  const rows: { id: number; name: string }[] = []
  for (let n = 0; n < 200_000; n++) rows.push({ id: n, name: `row ${n ^ state}` })
  const text = JSON.stringify(rows)
  const digest = createHash('sha256')
  for (let n = 0; n < 20; n++) digest.update(text)
  return JSON.parse(text).length + digest.digest()[0]!
}
