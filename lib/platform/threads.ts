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
   * run as may. Rejects when the thread throws, or ends without an answer; either way it is gone afterwards.
   */
  run(file: URL, task: object, limits: ThreadLimits): Promise<ThreadOutcome>
}

const YOUNG_HEAP_MEGABYTES = 16
const STACK_MEGABYTES = 2

export function createThreads({ threadsMax }: { threadsMax: number }): Threads {
  const waiting: (() => void)[] = []
  let running = 0
  const enter = async () => {
    if (running >= threadsMax) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
  }
  // A place is handed over rather than freed, so that nobody slips in between.
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
  return {
    async run(file, task, limits) {
      await enter()
      try {
        return await runThread(file, task, limits)
      } finally {
        leave()
      }
    },
  }
}

async function runThread(file: URL, task: object, limits: ThreadLimits): Promise<ThreadOutcome> {
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
  try {
    return await outcomeOf(worker, limits.seconds)
  } finally {
    await worker.terminate()
  }
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
