import { flushCompileCache } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import { doTask, type NamedTask } from './imputation-tasks.ts'

/** The inside of a thread, fresh or kept: it answers the one task it was started with, or one after the other. */

const port = parentPort
if (!port) throw new Error('This file is the inside of a thread')
if (workerData) port.postMessage(await doTask(workerData as NamedTask))
else {
  // A task that fails ends the thread, as an error that nobody handles.
  port.on('message', async (task: NamedTask) => {
    port.postMessage(await doTask(task))
    // A thread that is ended from outside has no chance to.
    flushCompileCache()
  })
}
