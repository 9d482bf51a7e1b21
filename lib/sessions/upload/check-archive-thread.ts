import { parentPort, workerData } from 'node:worker_threads'
import type { ArchiveCheckOptions } from '#lib/genotype/archive-check.ts'
import { checkArchive } from './check-archive.ts'

/** What the thread is started with. */
export interface ArchiveCheckTask extends ArchiveCheckOptions {
  path: string
}

if (!parentPort) throw new Error('This file is the inside of a thread')
const { path, ...options } = workerData as ArchiveCheckTask
parentPort.postMessage(await checkArchive(path, options))
