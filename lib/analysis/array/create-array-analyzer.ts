import { isDeepStrictEqual } from 'node:util'
import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import type { Secrets } from '#lib/platform/secrets.ts'
import type { Threads } from '#lib/platform/threads.ts'
import type { Analyzer } from '../analyzer.ts'
import { judgeQuality } from '../judge-quality.ts'
import { interrupted } from '../try-again.ts'
import type { ExportAnalysis, ExportTask } from './analyse-export.ts'

/** Seconds of one analysis: two or so, and as long as a slow disk needs for a whole reference sequence. */
const SECONDS_MAX = 300
/** Heap of one analysis; rows are held outside of it. */
const HEAP_MEGABYTES = 96
const THREAD = new URL('./analyse-export-thread.ts', import.meta.url)

/**
 * The analysis of an array export, in a thread of its own: PLINK and TSV files and, where a reference sequence is
 * configured, a VCF. Rejects when the file does not read as its verification did, and when time or memory run out; an
 * abort ends the thread. Only `boot.ts` may import this file: a bundled route would carry a copy of the thread.
 */
export function createArrayAnalyzer(
  threads: Threads,
  { referenceFasta, secrets }: { referenceFasta?: string | undefined; secrets: Pick<Secrets, 'keysFor'> },
): Analyzer {
  return async ({ sampleId, input, settings, original, folder }, signal) => {
    const likeness = settings.findSamePerson ? secrets.keysFor('likeness')[0] : undefined
    const task: ExportTask = {
      sampleId,
      original,
      folder,
      rows: input.summary.rows,
      referenceFasta,
      sketchKey: likeness?.key,
    }
    const outcome = await threads.run(
      THREAD,
      task,
      { seconds: SECONDS_MAX, heapMegabytes: HEAP_MEGABYTES },
      signal,
    )
    if (outcome.end !== 'answered') throw interrupted(outcome.end)
    const { summary, vcf, files, sketch } = outcome.answer as ExportAnalysis
    if (!isDeepStrictEqual(counted(summary), counted(input.summary))) {
      throw new Error('The file does not read as its verification did')
    }
    const numbers = { ...summary, duplicates: input.summary.duplicates }
    return {
      qc: { vendor: input.vendor, summary: numbers, ...(vcf && { vcf }) },
      checks: judgeQuality(numbers, settings),
      files: [{ fileType: 'array-zip', extension: 'zip', path: original }, ...files],
      ...(likeness && sketch && { sketch: { kid: likeness.kid, bytes: sketch } }),
    }
  }
}

/**
 * What was read, apart from what was made of it: the rules for sex, build or chip may have changed between a file's
 * verification and its analysis.
 */
function counted({ rows, byChromosome }: ExportSummary) {
  const chromosomes = Object.entries(byChromosome).map(([label, counts]) => [
    label,
    [counts.rows, counts.noCalls, counts.heterozygous, counts.haploid, counts.indels],
  ])
  return { rows, byChromosome: Object.fromEntries(chromosomes) as Record<string, number[]> }
}
