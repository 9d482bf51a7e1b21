import { parentPort, workerData } from 'node:worker_threads'
import { doTask, type NamedTask } from './imputation-tasks.ts'

/** The inside of a thread: it answers the one task it was started with. */

const port = parentPort
if (!port) throw new Error('This file is the inside of a thread')
port.postMessage(await doTask(workerData as NamedTask))
