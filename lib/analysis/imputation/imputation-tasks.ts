import type { AssembleTask } from './finish/assemble-file.ts'
import type { FinishedRegion, FinishTask } from './finish/finish-region.ts'
import type { CompareTask, PairSums } from './judge/compare-hidden.ts'
import type { AlignedExport, AlignTask } from './target/align-export.ts'

/** What a thread of imputation can be asked: everything that reads or writes many lines. */
export interface ImputationTasks {
  align: { task: AlignTask; answer: AlignedExport }
  finish: { task: FinishTask; answer: FinishedRegion }
  compare: { task: CompareTask; answer: PairSums[] }
  assemble: { task: AssembleTask; answer: null }
}

/** A task with its name, as a thread is given it. */
export type NamedTask = {
  [Name in keyof ImputationTasks]: { name: Name; task: ImputationTasks[Name]['task'] }
}[keyof ImputationTasks]

/** Loads what a task needs and no more: loading all of it would take a fresh thread longer than aligning an export does. */
export async function doTask(named: NamedTask): Promise<ImputationTasks[keyof ImputationTasks]['answer']> {
  switch (named.name) {
    case 'align':
      return (await import('./target/align-export.ts')).alignExport(named.task)
    case 'finish':
      return (await import('./finish/finish-region.ts')).finishRegion(named.task)
    case 'compare':
      return (await import('./judge/compare-hidden.ts')).compareHidden(named.task)
    case 'assemble':
      await (await import('./finish/assemble-file.ts')).assembleFile(named.task)
      return null
  }
}
