import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Telemetry } from './telemetry.ts'

const NANOSECONDS = 1e9
const RESOLUTION_MS = 20

/** What this process costs: memory, CPU, and the delay of its event loop. Returns a function that stops it. */
export function observeProcess({ observe }: Pick<Telemetry, 'observe'>): () => void {
  observe('process.memory.usage', () => {
    const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage()
    const types = { rss, heap_used: heapUsed, external, array_buffers: arrayBuffers }
    return Object.entries(types).map(([type, value]) => ({ value, labels: { type } }))
  })
  observe('process.cpu.time', () => {
    const { user, system } = process.cpuUsage()
    return Object.entries({ user, system }).map(([mode, value]) => ({ value: value / 1e6, labels: { mode } }))
  })
  observe('process.uptime', () => [{ value: process.uptime(), labels: {} }])
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  // Measured are whole turns of the timer that looks.
  const seconds = (nanoseconds: number) => Math.max(0, nanoseconds / NANOSECONDS - RESOLUTION_MS / 1_000)
  observe('nodejs.eventloop.delay.p99', () => [{ value: seconds(delay.percentile(99)), labels: {} }])
  observe('nodejs.eventloop.delay.max', () => {
    const value = seconds(delay.max)
    // The last of the two to be asked: the next look sees what was since.
    delay.reset()
    return [{ value, labels: {} }]
  })
  return () => delay.disable()
}
