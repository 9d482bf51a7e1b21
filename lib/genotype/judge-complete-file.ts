import { AUTOSOMES } from './chromosomes.ts'
import type { ExportSummary } from './export-summary.ts'
import type { FaultList } from './fault-list.ts'
import { DRIFT_SHARE_MAX } from './limits.ts'

/** Add what only the whole file shows: whether it is complete, of a build we read, and as the vendor writes it. */
export function judgeCompleteFile(
  faults: FaultList,
  summary: ExportSummary,
  { rowsMin, firstLineOutOfBlock }: { rowsMin: number; firstLineOutOfBlock: number },
): void {
  if (summary.rows === 0 && faults.ordered().length === 0) faults.add('no_genotypes', 'header_only')
  // A file cut off early also holds one chromosome only; then the cut is what to name.
  if (!faults.has('cut_off_row')) judgeKind(faults, Object.keys(summary.byChromosome))
  const otherDownload =
    faults.has('phased') || faults.has('y_only') || faults.has('mt_only') || faults.has('single_chromosome')
  if (!otherDownload && summary.rows > 0) {
    const autosomes = Object.keys(summary.byChromosome).filter((label) => Number(label) <= AUTOSOMES)
    if (autosomes.length < AUTOSOMES) faults.add('file_incomplete', 'chromosomes_missing')
    if (summary.rows < rowsMin) faults.add('file_incomplete', 'too_few_rows')
  }
  const build = summary.positionBuild ?? summary.statedBuild
  if (build === 38) faults.add('build_unsupported', 'build_38')
  const { outOfBlock } = summary.drift
  const drifted = Object.values(summary.drift).reduce((sum, count) => sum + count, 0)
  // One odd row must not refuse a file, however short it is.
  const tolerated = Math.max(1, summary.rows * DRIFT_SHARE_MAX)
  if (outOfBlock > tolerated) faults.add('file_modified', 'mixed_chromosomes', firstLineOutOfBlock)
  if (drifted - outOfBlock > tolerated) faults.add('file_modified', 'unknown_rows')
}

/** The same vendors' other downloads: only some chromosomes, under the genuine banner. */
function judgeKind(faults: FaultList, labels: readonly string[]): void {
  if (labels.length === 0 || labels.some((label) => Number(label) <= AUTOSOMES)) {
    if (labels.length === 1) faults.add('vendor_unsupported', 'single_chromosome')
  } else if (labels.includes('Y')) faults.add('vendor_unsupported', 'y_only')
  else if (labels.includes('MT')) faults.add('vendor_unsupported', 'mt_only')
  else faults.add('vendor_unsupported', 'single_chromosome')
}
