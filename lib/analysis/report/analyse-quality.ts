import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { FILE_TYPES } from '#lib/samples/deliverable.ts'
import type { Analyzer } from '../analyzer.ts'
import { buildQualityDocument } from './build-quality-document.ts'
import { renderReport } from './render-report.ts'

/**
 * Write what the analyzers before this one measured and judged, for machines (`qc-json`) and for people (`qc-html`). It
 * measures and judges nothing itself. What runs after it is not in the report.
 */
export const createQualityAnalyzer =
  ({ program }: { program: string }): Analyzer =>
  async ({ sampleId, runId, about, input, folder, before }) => {
    const document = buildQualityDocument({
      sampleId,
      runId,
      vendor: input.vendor,
      summary: before.qc.summary ?? input.summary,
      checks: before.checks,
      vcf: before.qc.vcf,
      imputation: before.qc.imputation,
      about: about && { ...about, program },
    })
    const write = async (fileType: 'qc-json' | 'qc-html', text: string) => {
      const { extension } = FILE_TYPES[fileType]
      const file = { fileType, extension, path: path.join(folder, `${fileType}.${extension}`) }
      await writeFile(file.path, text)
      return file
    }
    const files = [
      await write('qc-json', `${JSON.stringify(document, null, 2)}\n`),
      await write('qc-html', renderReport(document)),
    ]
    return { qc: {}, checks: [], files }
  }
