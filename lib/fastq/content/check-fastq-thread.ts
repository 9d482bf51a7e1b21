import { parentPort, workerData } from 'node:worker_threads'
import { checkFastq, type FastqTask } from './check-fastq.ts'

if (!parentPort) throw new Error('This file is the inside of a thread')
parentPort.postMessage(await checkFastq(workerData as FastqTask))
