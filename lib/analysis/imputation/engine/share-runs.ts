import { EngineFailure } from './engine.ts'

interface Member<Job, Result> {
  job: Job
  signal: AbortSignal
  resolve(result: Result): void
  reject(reason: unknown): void
  /** Leave the run before it starts. */
  leave(): void
}

/** Something that waits for a process. */
interface Turn<Job, Result> {
  key: string
  /** Of a run that several share; undefined for the preparation of one. */
  members: Member<Job, Result>[] | undefined
  start(): Promise<void>
}

export interface SharedRuns<Job, Result> {
  /**
   * Prepare a job alone, then run it together with others of the same key that are waiting or being prepared. Whoever
   * shares a run, each gets its own result or its own failure: a run that fails is repeated in halves, and one with
   * an aborted member without it. Rejects with the reason of an abort once nothing of the job runs.
   */
  run(key: string, prepare: Prepare<Job>, signal: AbortSignal): Promise<Result>
}

/** `hasOthers`: whether others of the key are being prepared, wait for it or for their run. */
type Prepare<Job> = (signal: AbortSignal, hasOthers: boolean) => Promise<Job>

/** Runs that jobs share: `processes` at once, preparations included, and at most `jobsMax` in each. */
export function createSharedRuns<Job, Result>({
  processes,
  jobsMax,
  runAll,
}: {
  processes: number
  jobsMax: number
  runAll: (jobs: Job[], signal: AbortSignal) => Promise<Result[]>
}): SharedRuns<Job, Result> {
  const turns: Turn<Job, Result>[] = []
  /** Jobs that are being prepared, or wait for it, by key: their run waits for them. */
  const coming = new Map<string, number>()
  let running = 0

  const isReady = ({ key, members }: Turn<Job, Result>) =>
    !members || members.length >= jobsMax || !coming.get(key)

  const hasOthers = (key: string) =>
    coming.get(key)! > 1 || turns.some((turn) => turn.key === key && turn.members)

  function startNext(): void {
    while (running < processes) {
      const at = turns.findIndex(isReady)
      if (at < 0) return
      const [turn] = turns.splice(at, 1)
      running++
      void turn!.start().finally(() => {
        running--
        startNext()
      })
    }
  }

  /** Wait for a process, and prepare a job in it. */
  function prepareInTurn(key: string, prepare: Prepare<Job>, signal: AbortSignal): Promise<Job> {
    const { promise, resolve, reject } = Promise.withResolvers<Job>()
    const turn: Turn<Job, Result> = {
      key,
      members: undefined,
      async start() {
        signal.removeEventListener('abort', leave)
        await prepare(signal, hasOthers(key)).then(resolve, reject)
      },
    }
    const leave = () => {
      turns.splice(turns.indexOf(turn), 1)
      reject(signal.reason)
    }
    signal.addEventListener('abort', leave, { once: true })
    turns.push(turn)
    startNext()
    return promise
  }

  /** Join the run of a key that has not started, or ask for one. */
  function join(key: string, job: Job, signal: AbortSignal): Promise<Result> {
    signal.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    const joined = turns.find((turn) => turn.key === key && turn.members && turn.members.length < jobsMax)
    const turn = joined ?? runOf(key)
    const leave = () => {
      turn.members!.splice(turn.members!.indexOf(member), 1)
      if (turn.members!.length === 0) turns.splice(turns.indexOf(turn), 1)
      reject(signal.reason)
    }
    const member = { job, signal, resolve, reject, leave }
    signal.addEventListener('abort', leave, { once: true })
    turn.members!.push(member)
    if (!joined) turns.push(turn)
    return promise
  }

  function runOf(key: string): Turn<Job, Result> {
    const members: Member<Job, Result>[] = []
    return {
      key,
      members,
      async start() {
        for (const { signal, leave } of members) signal.removeEventListener('abort', leave)
        await runTogether(members, runAll)
      },
    }
  }

  return {
    async run(key, prepare, signal) {
      signal.throwIfAborted()
      coming.set(key, (coming.get(key) ?? 0) + 1)
      let result: Promise<Result>
      try {
        result = join(key, await prepareInTurn(key, prepare, signal), signal)
      } finally {
        const others = coming.get(key)! - 1
        if (others > 0) coming.set(key, others)
        else coming.delete(key)
        startNext()
      }
      return result
    },
  }
}

/** Run jobs together until each has its result or its failure. Never rejects. */
async function runTogether<Job, Result>(
  members: readonly Member<Job, Result>[],
  runAll: (jobs: Job[], signal: AbortSignal) => Promise<Result[]>,
): Promise<void> {
  for (const { signal, reject } of members) if (signal.aborted) reject(signal.reason)
  const left = members.filter(({ signal }) => !signal.aborted)
  if (left.length === 0) return
  const ended = new AbortController()
  const end = () => ended.abort()
  for (const { signal } of left) signal.addEventListener('abort', end, { once: true })
  try {
    const jobs = left.map(({ job }) => job)
    const results = await runAll(jobs, ended.signal)
    for (const [at, { resolve }] of left.entries()) resolve(results[at]!)
  } catch (error) {
    if (ended.signal.aborted) return await runTogether(left, runAll)
    if (left.length === 1 || isOfTheMachine(error)) for (const { reject } of left) reject(error)
    else {
      const half = Math.ceil(left.length / 2)
      await runTogether(left.slice(0, half), runAll)
      await runTogether(left.slice(half), runAll)
    }
  } finally {
    for (const { signal } of left) signal.removeEventListener('abort', end)
  }
}

/** No smaller run would do better. */
const isOfTheMachine = (error: unknown): boolean =>
  error instanceof EngineFailure && (error.kind === 'missing' || error.kind === 'disk')
