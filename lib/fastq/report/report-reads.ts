import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { MadeFile } from '#lib/analysis/analyzer.ts'
import type { RunFacts } from '#lib/analysis/report/run-origin.ts'
import { FILE_TYPES } from '#lib/samples/deliverable.ts'
import type { CheckedFile } from '../content/check-fastq.ts'
import { buildReadsDocument } from './reads-document.ts'
import { type ReadsFigures, readsFiguresOf } from './reads-figures.ts'
import { renderReadsReport } from './render-reads-report.ts'

/** What the sample itself tells of its reads, and what its page draws; all the rest stands in `fastq-qc-json`. */
export interface ReadsHeadline {
  paired: boolean
  files: ReadsFigures[]
}

/** Write what was counted, for machines (`fastq-qc-json`) and for people (`fastq-qc-html`), into the run's folder. */
export async function reportReads(
  { folder, ...run }: { sampleId: string; runId: string; about?: RunFacts | undefined; folder: string },
  checked: readonly CheckedFile[],
): Promise<{ headline: ReadsHeadline; files: MadeFile[] }> {
  const document = buildReadsDocument(run, checked)
  const write = async (fileType: 'fastq-qc-json' | 'fastq-qc-html', text: string): Promise<MadeFile> => {
    const { extension } = FILE_TYPES[fileType]
    const file = { fileType, extension, path: path.join(folder, `${fileType}.${extension}`) }
    await writeFile(file.path, text)
    return file
  }
  return {
    headline: { paired: document.paired, files: document.files.map(readsFiguresOf) },
    files: [
      await write('fastq-qc-json', `${JSON.stringify(document, null, 2)}\n`),
      await write('fastq-qc-html', renderReadsReport(document)),
    ],
  }
}
