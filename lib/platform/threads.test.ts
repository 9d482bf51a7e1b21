import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test, vi } from 'vitest'
import { createThreads } from './threads.ts'

const limits = { seconds: 20, heapMegabytes: 32 }
const thread = (source: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort, workerData } from 'node:worker_threads'
${source}`)}`,
  )

test('a thread answers, knowing its task and nothing of our environment', async () => {
  const file = thread('parentPort.postMessage({ task: workerData, env: Object.keys(process.env) })')
  const outcome = await createThreads({ threadsMax: 1 }).run(file, { n: 7 }, limits)
  expect(outcome).toEqual({ end: 'answered', answer: { task: { n: 7 }, env: [] } })
})

test('a thread that never ends is ended, and its slot is free again', async () => {
  const threads = createThreads({ threadsMax: 1 })
  const endless = await threads.run(thread('for (;;);'), {}, { ...limits, seconds: 0.3 })
  expect(endless).toEqual({ end: 'timeout' })
  const next = await threads.run(thread('parentPort.postMessage(1)'), {}, limits)
  expect(next).toEqual({ end: 'answered', answer: 1 })
})

test('a thread ends by processor time only when it uses it, not while it waits', async () => {
  const threads = createThreads({ threadsMax: 1 })
  const busy = await threads.run(thread('for (;;);'), {}, { ...limits, cpuSeconds: 0.5 })
  expect(busy).toEqual({ end: 'cpu_time_used' })
  const idle = thread(
    'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500); parentPort.postMessage(1)',
  )
  expect(await threads.run(idle, {}, { ...limits, cpuSeconds: 1 })).toEqual({ end: 'answered', answer: 1 })
})

test('a full heap ends only the thread', async () => {
  const file = thread('const all = []; for (;;) all.push(new Array(100_000).fill(1.5))')
  expect(await createThreads({ threadsMax: 1 }).run(file, {}, limits)).toEqual({ end: 'out_of_memory' })
})

test('a thread that throws, or leaves without an answer, rejects', async () => {
  const threads = createThreads({ threadsMax: 1 })
  await expect(threads.run(thread("throw new Error('a bug')"), {}, limits)).rejects.toThrow('a bug')
  await expect(threads.run(thread('process.exit(3)'), {}, limits)).rejects.toThrow('ended with 3')
  await expect(threads.run(thread(''), {}, limits)).rejects.toThrow('no answer')
})

test('no more threads run than allowed: the next one starts when another has gone', async () => {
  const shared = new Int32Array(new SharedArrayBuffer(8))
  // The first waits to be joined by the second, which the cap must prevent.
  const first = thread('parentPort.postMessage(Atomics.wait(workerData.shared, 0, 0, 500))')
  const second = thread(
    'Atomics.store(workerData.shared, 0, 1); Atomics.notify(workerData.shared, 0); parentPort.postMessage(1)',
  )
  const threads = createThreads({ threadsMax: 1 })
  const [one, two] = await Promise.all([
    threads.run(first, { shared }, limits),
    threads.run(second, { shared }, limits),
  ])
  expect(one).toEqual({ end: 'answered', answer: 'timed-out' })
  expect(two).toEqual({ end: 'answered', answer: 1 })
})

test('an aborted thread is gone at once, and its slot is free again', async () => {
  const threads = createThreads({ threadsMax: 1 })
  const abort = new AbortController()
  const shared = new Int32Array(new SharedArrayBuffer(4))
  const endless = thread(
    'Atomics.store(workerData.shared, 0, 1); Atomics.notify(workerData.shared, 0); for (;;);',
  )
  const run = threads.run(endless, { shared }, limits, abort.signal)
  const { value } = Atomics.waitAsync(shared, 0, 0)
  await value
  abort.abort(new Error('no longer wanted'))
  await expect(run).rejects.toThrow('no longer wanted')
  const next = await threads.run(thread('parentPort.postMessage(1)'), {}, limits)
  expect(next).toEqual({ end: 'answered', answer: 1 })
})

test('a task aborted while waiting never runs and does not block others', async () => {
  const threads = createThreads({ threadsMax: 1 })
  const abort = new AbortController()
  const shared = new Int32Array(new SharedArrayBuffer(8))
  const holder = thread('Atomics.wait(workerData.shared, 0, 0); parentPort.postMessage(1)')
  const first = threads.run(holder, { shared }, limits)
  const waiting = threads.run(
    thread('Atomics.store(workerData.shared, 1, 1)'),
    { shared },
    limits,
    abort.signal,
  )
  const last = threads.run(thread('parentPort.postMessage(3)'), {}, limits)
  abort.abort(new Error('no longer wanted'))
  await expect(waiting).rejects.toThrow('no longer wanted')
  Atomics.store(shared, 0, 1)
  Atomics.notify(shared, 0)
  expect(await Promise.all([first, last])).toEqual([
    { end: 'answered', answer: 1 },
    { end: 'answered', answer: 3 },
  ])
  expect(shared[1]).toBe(0)
})

test('compiled code is kept for the next thread, and an unusable cache does not stop any thread', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-threads-'))
  try {
    const file = path.join(folder, 'thread.ts')
    await writeFile(
      file,
      "import { parentPort, workerData } from 'node:worker_threads'\nparentPort!.postMessage((workerData as { n: number }).n)",
    )
    const codeCache = path.join(folder, 'code')
    for (const directory of [codeCache, codeCache, file]) {
      const threads = createThreads({ threadsMax: 1, codeCache: directory })
      expect(await threads.run(pathToFileURL(file), { n: 7 }, limits)).toEqual({ end: 'answered', answer: 7 })
    }
    expect(await readdir(codeCache)).not.toEqual([])
  } finally {
    await rm(folder, { recursive: true })
  }
})

const counting = thread(
  'let n = 0; parentPort.on("message", (task) => { if (task.fail) throw new Error("a bug"); if (task.endless) for (;;); n += 1; parentPort.postMessage(n) })',
)

test('a kept thread answers the next task, but only of its own file', async () => {
  const threads = createThreads({ threadsMax: 1, keepSeconds: 20 })
  for (let n = 1; n <= 12; n++) {
    expect(await threads.run(counting, {}, limits)).toEqual({ end: 'answered', answer: n })
  }
  const other = thread('parentPort.on("message", () => parentPort.postMessage("other"))')
  expect(await threads.run(other, {}, limits)).toEqual({ end: 'answered', answer: 'other' })
  expect(await threads.run(counting, {}, { ...limits, heapMegabytes: 48 })).toEqual({
    end: 'answered',
    answer: 1,
  })
})

test('a thread that waits too long for the next task is gone', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const threads = createThreads({ threadsMax: 1, keepSeconds: 20 })
    for (const answer of [1, 2])
      expect(await threads.run(counting, {}, limits)).toEqual({ end: 'answered', answer })
    vi.advanceTimersByTime(20_000)
    expect(await threads.run(counting, {}, limits)).toEqual({ end: 'answered', answer: 1 })
  } finally {
    vi.useRealTimers()
  }
})

test.each([
  ['throws', { fail: true }],
  ['never ends', { endless: true }],
])('a kept thread that %s is gone, and the next task finds a fresh one', async (_, task) => {
  const threads = createThreads({ threadsMax: 1, keepSeconds: 20 })
  expect(await threads.run(counting, {}, limits)).toEqual({ end: 'answered', answer: 1 })
  const bad = threads.run(counting, task, { ...limits, seconds: 0.3 })
  if ('fail' in task) await expect(bad).rejects.toThrow('a bug')
  else expect(await bad).toEqual({ end: 'timeout' })
  expect(await threads.run(counting, {}, limits)).toEqual({ end: 'answered', answer: 1 })
})

test('an abort ends a kept thread', async () => {
  const threads = createThreads({ threadsMax: 1, keepSeconds: 20 })
  await threads.run(counting, {}, limits)
  const abort = new AbortController()
  const run = threads.run(counting, { endless: true }, limits, abort.signal)
  abort.abort(new Error('no longer wanted'))
  await expect(run).rejects.toThrow('no longer wanted')
  expect(await threads.run(counting, {}, limits)).toEqual({ end: 'answered', answer: 1 })
})
