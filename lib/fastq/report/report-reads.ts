import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { MadeFile } from '#lib/analysis/analyzer.ts'
import { FILE_TYPES } from '#lib/samples/deliverable.ts'
import type { CheckedFile } from '../content/check-fastq.ts'
import { buildReadsDocument } from './reads-document.ts'
import { renderReadsReport } from './render-reads-report.ts'

/** What the sample itself tells of its reads; all the rest stands in `fastq-qc-json`. */
export interface ReadsHeadline {
  paired: boolean
  files: Record<string, number | null>[]
}

/** Write what was counted, for machines (`fastq-qc-json`) and for people (`fastq-qc-html`), into the run's folder. */
export async function reportReads(
  { sampleId, runId, folder }: { sampleId: string; runId: string; folder: string },
  checked: readonly CheckedFile[],
): Promise<{ headline: ReadsHeadline; files: MadeFile[] }> {
  const document = buildReadsDocument({ sampleId, runId }, checked)
  const write = async (fileType: 'fastq-qc-json' | 'fastq-qc-html', text: string): Promise<MadeFile> => {
    const { extension } = FILE_TYPES[fileType]
    const file = { fileType, extension, path: path.join(folder, `${fileType}.${extension}`) }
    await writeFile(file.path, text)
    return file
  }
  return {
    headline: { paired: document.paired, files: checked.map(describeInShort) },
    files: [
      await write('fastq-qc-json', `${JSON.stringify(document, null, 2)}\n`),
      await write('fastq-qc-html', renderReadsReport(document)),
    ],
  }
}

function describeInShort({ summary }: CheckedFile): Record<string, number | null> {
  const { reads, bases, meanQuality, q20Share, q30Share, gcShare, ambiguousShare, duplicateShare } = summary
  return { reads, bases, meanQuality, q20Share, q30Share, gcShare, ambiguousShare, duplicateShare }
}
