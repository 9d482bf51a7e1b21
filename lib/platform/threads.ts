import { Worker } from 'node:worker_threads'
import { countLivedTime } from './lived-time.ts'

/** Limits of one thread; beyond them it is ended. */
export interface ThreadLimits {
  /** Seconds that this process lives meanwhile; beyond them the machine is to blame, or something that waits for ever. */
  seconds: number
  /** Seconds of processor time of the thread itself, for which its task is to blame. What it leaves to Node's own threads is not counted. */
  cpuSeconds?: number
  /** Of JavaScript objects; buffers are not counted by Node, so the task must count those itself. */
  heapMegabytes: number
}

/** How a thread ended, apart from bugs. */
export type ThreadOutcome =
  | { end: 'answered'; answer: unknown }
  | { end: 'timeout' }
  | { end: 'cpu_time_used' }
  | { end: 'out_of_memory' }

/** Threads of one process, with an empty environment. Each is fresh, for one task on a stranger's bytes, unless threads are kept. */
export interface Threads {
  /**
   * Run a file as a thread, with `task` as its `workerData`, until it posts its answer. Waits while the maximum number
   * of threads runs. Rejects when the thread throws or ends without an answer, or with the reason of an aborted
   * `signal`. The thread is gone afterwards, unless it has answered and is kept.
   */
  run(file: URL, task: object, limits: ThreadLimits, signal?: AbortSignal): Promise<ThreadOutcome>
}

const YOUNG_HEAP_MEGABYTES = 16
const STACK_MEGABYTES = 2
/** Time for a thread that has answered to write its compiled code to the cache, before it is ended. */
const LEAVING_MS = 1_000

interface ThreadsOptions {
  threadsMax: number
  /**
   * Directory for compiled code, ours alone: without it every thread compiles its modules again, which takes 0.25
   * seconds of CPU. A directory that cannot be used counts as none.
   */
  codeCache?: string
  /**
   * Keep a thread that has answered for this long, to reuse it for the next task: its code is compiled and warm, which
   * halves the CPU time of an analysis. Only for trusted bytes and files that take their tasks by message. Does not keep
   * the process alive.
   */
  keepSeconds?: number
}

export function createThreads({ threadsMax, codeCache, keepSeconds }: ThreadsOptions): Threads {
  const waiting: (() => void)[] = []
  let running = 0
  const enter = async (signal?: AbortSignal) => {
    signal?.throwIfAborted()
    if (running >= threadsMax) await takeTurn(waiting, signal)
    else running++
  }
  // A slot is handed over rather than freed, so that no other task takes it in between.
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
  const runTask = keepSeconds === undefined ? runThread : createKeeper(keepSeconds)
  return {
    async run(file, task, limits, signal) {
      await enter(signal)
      try {
        return await runTask(codeCache ? withCache(file, codeCache) : file, task, limits, signal)
      } finally {
        leave()
      }
    },
  }
}

/** Wait for a turn; an aborted task leaves the queue. */
function takeTurn(waiting: (() => void)[], signal?: AbortSignal): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const called = () => {
      signal?.removeEventListener('abort', giveUp)
      resolve()
    }
    const giveUp = () => {
      waiting.splice(waiting.indexOf(called), 1)
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', giveUp, { once: true })
    waiting.push(called)
  })
}

/** A module that turns the cache on, and then is `file`: a module cannot do that for itself, nor its environment for it. */
function withCache(file: URL, codeCache: string): URL {
  const source = [
    "import { enableCompileCache } from 'node:module'",
    `enableCompileCache(${JSON.stringify(codeCache)})`,
    `await import(${JSON.stringify(file.href)})`,
  ]
  return new URL(`data:text/javascript,${encodeURIComponent(source.join('\n'))}`)
}

function start(file: URL, workerData: unknown, { heapMegabytes }: ThreadLimits): Worker {
  const worker = new Worker(file, {
    workerData,
    env: {},
    execArgv: [],
    resourceLimits: {
      maxOldGenerationSizeMb: heapMegabytes,
      maxYoungGenerationSizeMb: YOUNG_HEAP_MEGABYTES,
      stackSizeMb: STACK_MEGABYTES,
    },
  })
  // A thread that fails while no task runs in it only ends itself.
  return worker.on('error', () => {})
}

/** As `runThread`, in a thread that another task has left if there is one. */
function createKeeper(keepSeconds: number): typeof runThread {
  const kept = new Map<Worker, { kind: string; leaving: NodeJS.Timeout }>()
  const forget = (worker: Worker) => {
    clearTimeout(kept.get(worker)?.leaving)
    kept.delete(worker)
  }
  const take = (kind: string): Worker | undefined => {
    const [worker] = [...kept].find(([, thread]) => thread.kind === kind) ?? []
    if (worker) forget(worker)
    worker?.ref()
    return worker
  }
  const keep = (worker: Worker, kind: string) => {
    const leave = () => {
      forget(worker)
      void worker.terminate()
    }
    const leaving = setTimeout(leave, keepSeconds * 1_000).unref()
    kept.set(worker, { kind, leaving })
    worker.unref()
  }
  const startNew = (file: URL, limits: ThreadLimits): Worker => {
    const worker = start(file, undefined, limits)
    return worker.once('exit', () => forget(worker))
  }
  return async (file, task, limits, signal) => {
    const kind = `${limits.heapMegabytes} ${file.href}`
    const worker = take(kind) ?? startNew(file, limits)
    let reached: ThreadOutcome | undefined
    try {
      const outcome = outcomeOf(worker, limits)
      worker.postMessage(task)
      reached = await (signal ? unlessAborted(outcome, signal) : outcome)
      return reached
    } finally {
      if (reached?.end === 'answered') keep(worker, kind)
      else await worker.terminate()
    }
  }
}

async function runThread(
  file: URL,
  task: object,
  limits: ThreadLimits,
  signal?: AbortSignal,
): Promise<ThreadOutcome> {
  const worker = start(file, task, limits)
  const exit = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  const outcome = outcomeOf(worker, limits)
  try {
    const reached = await (signal ? unlessAborted(outcome, signal) : outcome)
    if (reached.end === 'answered') await within(LEAVING_MS, exit)
    return reached
  } finally {
    await worker.terminate()
  }
}

async function within(milliseconds: number, done: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([done, late])
  clearTimeout(timer)
}

/** The outcome, or a rejection as soon as `signal` is aborted. */
function unlessAborted(outcome: Promise<ThreadOutcome>, signal: AbortSignal): Promise<ThreadOutcome> {
  return new Promise<ThreadOutcome>((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    outcome.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

async function outcomeOf(worker: Worker, limits: ThreadLimits): Promise<ThreadOutcome> {
  const { promise, resolve, reject } = Promise.withResolvers<ThreadOutcome>()
  const listeners = {
    message: (answer: unknown) => resolve({ end: 'answered', answer }),
    messageerror: reject,
    error: (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ end: 'out_of_memory' })
      else reject(error)
    },
    exit: (code: number) => reject(new Error(`A thread ended with ${code} and gave no answer`)),
  }
  const unwatch = watchLimits(worker, limits, resolve)
  for (const [event, listener] of Object.entries(listeners)) worker.on(event, listener)
  try {
    return await promise
  } finally {
    unwatch()
    for (const [event, listener] of Object.entries(listeners)) worker.off(event, listener)
  }
}

/** Call `end` once a thread has used up its time. Returns a function that ends the watch. */
function watchLimits(
  worker: Worker,
  { seconds, cpuSeconds }: ThreadLimits,
  end: (outcome: ThreadOutcome) => void,
): () => void {
  const unwatchTime = countLivedTime(seconds, (lived) => {
    if (lived >= seconds) end({ end: 'timeout' })
  })
  if (cpuSeconds === undefined) return unwatchTime
  let before: NodeJS.CpuUsage | undefined
  const look = async () => {
    // Rejects while the thread does not run yet, or no longer.
    const used = await worker.cpuUsage().catch(() => undefined)
    if (!used) return
    before ??= used
    if (used.user - before.user + used.system - before.system >= cpuSeconds * 1e6)
      end({ end: 'cpu_time_used' })
  }
  const unwatchCpu = countLivedTime(cpuSeconds, look)
  return () => {
    unwatchTime()
    unwatchCpu()
  }
}
