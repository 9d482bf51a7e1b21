import { parentPort, workerData } from 'node:worker_threads'
import { analyseExport, type ExportTask } from './analyse-export.ts'

if (!parentPort) throw new Error('This file is the inside of a thread')
parentPort.postMessage(await analyseExport(workerData as ExportTask))
