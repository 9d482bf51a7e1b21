import { type AssembleTask, assembleFile } from './finish/assemble-file.ts'
import { type FinishedRegion, type FinishTask, finishRegion } from './finish/finish-region.ts'
import { type CompareTask, compareHidden, type PairSums } from './judge/compare-hidden.ts'
import { type AlignedExport, type AlignTask, alignExport } from './target/align-export.ts'

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

export async function doTask(named: NamedTask): Promise<ImputationTasks[keyof ImputationTasks]['answer']> {
  switch (named.name) {
    case 'align':
      return alignExport(named.task)
    case 'finish':
      return finishRegion(named.task)
    case 'compare':
      return compareHidden(named.task)
    case 'assemble':
      await assembleFile(named.task)
      return null
  }
}
