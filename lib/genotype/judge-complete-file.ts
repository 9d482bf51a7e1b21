import { AUTOSOMES } from './chromosomes.ts'
import type { ExportSummary } from './export-summary.ts'
import type { FaultList } from './fault-list.ts'
import { DRIFT_SHARE_MAX } from './limits.ts'
import { otherDownload } from './other-download.ts'

/** Add what only the whole file shows: whether it is complete, of a build we read, and as the vendor writes it. */
export function judgeCompleteFile(
  faults: FaultList,
  summary: ExportSummary,
  { rowsMin, firstLineOutOfBlock }: { rowsMin: number; firstLineOutOfBlock: number },
): void {
  if (summary.rows === 0 && faults.ordered().length === 0) faults.add('no_genotypes', 'header_only')
  // A file cut off early also holds one chromosome only; then the cut is what to name.
  const download = faults.has('cut_off_row') ? undefined : otherDownload(Object.keys(summary.byChromosome))
  if (download) faults.add('vendor_unsupported', download)
  if (!download && !faults.has('phased') && summary.rows > 0) {
    const autosomes = Object.keys(summary.byChromosome).filter((label) => Number(label) <= AUTOSOMES)
    if (autosomes.length < AUTOSOMES) faults.add('file_incomplete', 'chromosomes_missing')
    if (summary.rows < rowsMin) faults.add('file_incomplete', 'too_few_rows')
  }
  const build = summary.positionBuild ?? summary.statedBuild
  if (build === 38) faults.add('build_unsupported', 'build_38')
  // Ids are left out: vendors add new kinds of them, and an unknown one says nothing about the genotype beside it.
  const { unknownIds: _, outOfBlock, ...others } = summary.drift
  const drifted = Object.values(others).reduce((sum, count) => sum + count, 0)
  // One odd row must not refuse a file, however short it is.
  const tolerated = Math.max(1, summary.rows * DRIFT_SHARE_MAX)
  if (outOfBlock > tolerated) faults.add('file_modified', 'mixed_chromosomes', firstLineOutOfBlock)
  if (drifted > tolerated) faults.add('file_modified', 'unknown_rows')
}
