import { loadWithin } from '../load-within.ts'
import { type FileJudge, fileJudge, type JudgeWorker } from './judge-file.ts'

/** Judges files in a worker of this browser, else on the page. */
export const browserJudge = (): FileJudge =>
  fileJudge(startWorker, async (file, policy) => {
    const { judgeInline } = await loadWithin(() => import('./judge-inline.ts'))
    return judgeInline(file, policy)
  })

/** A classic worker: Firefox before 114 has no other. */
const startWorker = (): JudgeWorker => new Worker(new URL('./judge-worker.ts', import.meta.url))
