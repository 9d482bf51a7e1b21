import { Worker } from 'node:worker_threads'

/** How far one thread may go before it is ended. */
export interface ThreadLimits {
  seconds: number
  /** Of JavaScript objects; buffers are not counted by Node, so the task must count those itself. */
  heapMegabytes: number
}

/** How a thread came to its end, apart from bugs. */
export type ThreadOutcome =
  | { end: 'answered'; answer: unknown }
  | { end: 'timeout' }
  | { end: 'out_of_memory' }

/** Threads of one process, each fresh, with an empty environment, for one task on a stranger's bytes. */
export interface Threads {
  /**
   * Run a file as a thread, with `task` as its `workerData`, until it posts its answer. Waits while as many threads
   * run as may. Rejects when the thread throws, ends without an answer, or `signal` is aborted, with its reason; in any
   * case it is gone afterwards.
   */
  run(file: URL, task: object, limits: ThreadLimits, signal?: AbortSignal): Promise<ThreadOutcome>
}

const YOUNG_HEAP_MEGABYTES = 16
const STACK_MEGABYTES = 2
/** A thread that has answered may write its compiled code to the cache; it is ended when it stays longer. */
const LEAVING_MILLISECONDS = 1_000

interface ThreadsOptions {
  threadsMax: number
  /**
   * Directory for compiled code, ours alone: without it every thread compiles its modules anew, which takes 0.25
   * seconds of CPU. One that cannot be used is as none.
   */
  codeCache?: string
}

export function createThreads({ threadsMax, codeCache }: ThreadsOptions): Threads {
  const waiting: (() => void)[] = []
  let running = 0
  const enter = async (signal?: AbortSignal) => {
    signal?.throwIfAborted()
    if (running >= threadsMax) await takeTurn(waiting, signal)
    else running++
  }
  // A place is handed over rather than freed, so that nobody slips in between.
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
  return {
    async run(file, task, limits, signal) {
      await enter(signal)
      try {
        return await runThread(codeCache ? withCache(file, codeCache) : file, task, limits, signal)
      } finally {
        leave()
      }
    },
  }
}

/** Wait to be called; whoever is aborted leaves the queue. */
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

async function runThread(
  file: URL,
  task: object,
  limits: ThreadLimits,
  signal?: AbortSignal,
): Promise<ThreadOutcome> {
  const worker = new Worker(file, {
    workerData: task,
    env: {},
    execArgv: [],
    resourceLimits: {
      maxOldGenerationSizeMb: limits.heapMegabytes,
      maxYoungGenerationSizeMb: YOUNG_HEAP_MEGABYTES,
      stackSizeMb: STACK_MEGABYTES,
    },
  })
  const exit = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  const outcome = outcomeOf(worker, limits.seconds)
  try {
    const reached = await (signal ? unlessAborted(outcome, signal) : outcome)
    if (reached.end === 'answered') await within(LEAVING_MILLISECONDS, exit)
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

function outcomeOf(worker: Worker, seconds: number): Promise<ThreadOutcome> {
  return new Promise<ThreadOutcome>((resolve, reject) => {
    const deadline = setTimeout(() => resolve({ end: 'timeout' }), seconds * 1000)
    worker.once('message', (answer: unknown) => resolve({ end: 'answered', answer }))
    worker.once('messageerror', reject)
    worker.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ end: 'out_of_memory' })
      else reject(error)
    })
    worker.once('exit', (code) => {
      clearTimeout(deadline)
      reject(new Error(`A thread ended with ${code} and gave no answer`))
    })
  })
}
