import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'

/** Ticks a second of every Linux that Node runs on (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100
/** Fields of `/proc/<pid>/stat` behind the name, counted from 0 (proc_pid_stat(5)). */
const PARENT = 1
const USER_TICKS = 11
const SYSTEM_TICKS = 12
const REAPED_USER_TICKS = 13
const REAPED_SYSTEM_TICKS = 14

function statOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name stands in parentheses and may hold anything.
  return text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
}

/** CPU-seconds a process has used so far, in user and kernel mode, all threads; to a hundredth of a second. */
export function cpuSeconds(pid: number): number {
  const stat = statOf(pid)
  return (stat[USER_TICKS]! + stat[SYSTEM_TICKS]!) / TICKS_PER_SECOND
}

/** CPU-milliseconds of a process of one thread, to the nanosecond where the kernel tells it. */
export function cpuMilliseconds(pid: number): number {
  const exact = `/proc/${pid}/schedstat`
  if (!existsSync(exact)) return cpuSeconds(pid) * 1_000
  return Number(readFileSync(exact, 'utf8').split(' ')[0]) / 1e6
}

/** CPU-seconds of a process and its children, those that have ended included: a PostgreSQL server, say. */
export function familyCpuSeconds(pid: number): number {
  const stat = statOf(pid)
  const reaped = (stat[REAPED_USER_TICKS]! + stat[REAPED_SYSTEM_TICKS]!) / TICKS_PER_SECOND
  return childrenOf(pid).reduce((sum, child) => sum + cpuSecondsOfChild(child), cpuSeconds(pid) + reaped)
}

function cpuSecondsOfChild(pid: number): number {
  try {
    return cpuSeconds(pid)
  } catch {
    // It ended meanwhile; its parent counts it from the next look on.
    return 0
  }
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((id) => Number.isInteger(id) && parentOf(id) === pid)
}

function parentOf(pid: number): number | undefined {
  try {
    return statOf(pid)[PARENT]
  } catch {
    // It ended meanwhile.
    return undefined
  }
}

/** Returns a function that reads the peak memory growth of processes from now on. */
export function watchMemory(pids: number[]): () => number {
  const before = pids.map((pid) => {
    // 5: the peak starts again at what is held now (proc_pid_clear_refs(5)).
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
    return memoryOf(pid, 'VmRSS')
  })
  return () => pids.reduce((sum, pid, n) => sum + memoryOf(pid, 'VmHWM') - before[n]!, 0)
}

const MEGABYTE = 1_000_000

/** Resident memory of a process in MB. */
export function memoryOf(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const [, kibibytes] = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(
    readFileSync(`/proc/${pid}/status`, 'utf8'),
  )!
  return (Number(kibibytes) * 1_024) / MEGABYTE
}

/** Process id of the embedded PostgreSQL under a DATA_DIR. */
export async function postmasterPid(dataDir: string): Promise<number> {
  const text = await readFile(path.join(dataDir, 'postgres/data/postmaster.pid'), 'utf8')
  return Number(text.split('\n')[0])
}
