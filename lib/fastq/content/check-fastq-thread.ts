import { parentPort, workerData } from 'node:worker_threads'
import { checkFastq, type FastqTask } from './check-fastq.ts'

if (!parentPort) throw new Error('This file is the inside of a thread')
// Waiting for a file to grow keeps no thread alive.
const alive = setInterval(() => {}, 2 ** 30)
parentPort.postMessage(await checkFastq(workerData as FastqTask))
clearInterval(alive)
