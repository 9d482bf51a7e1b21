import { type ColumnLine, findColumnLine, namesColumnsOf } from './column-line.ts'
import type { ExportHead } from './export-head.ts'
import { type FirstLines, readFirstLines } from './first-lines.ts'
import type { VendorFormat } from './formats/vendor-format.ts'
import { VENDOR_FORMATS } from './formats/vendor-formats.ts'
import { judgeFirstRows } from './judge-first-rows.ts'
import { recogniseLookAlike } from './look-alikes.ts'
import type { Detail, FileReason } from './reason.ts'
import { faultOfMember, recogniseFileType, startsLikeZip } from './recognise-content.ts'
import type { Build, Fault } from './verdict.ts'

/** `export` is there when the header is in order, also where the rows below it have faults. */
export interface HeadJudgement {
  faults: Fault[]
  export?: ExportHead
}

/** Judge the first inflated bytes of a text: first what it is, then whether its header and first rows are the vendor's own. */
export function judgeHead(head: Uint8Array, whole: boolean): HeadJudgement {
  if (startsLikeZip(head)) return refused('archive_modified', 'zipped_twice')
  const fileType = recogniseFileType(head)
  if (fileType) return { faults: [faultOfMember(fileType)] }
  const text = readFirstLines(head, whole)
  const lookAlike = recogniseLookAlike(text)
  if (lookAlike) return { faults: [lookAlike] }
  const genuine = VENDOR_FORMATS.filter(({ genuineBanner }) =>
    text.comments.some((line) => genuineBanner.test(unquoted(line))),
  )
  const [format] = genuine
  if (!format) return { faults: [faultWithoutBanner(text, whole)] }
  if (genuine.length > 1) return refused('format_unrecognized', 'header_body_mismatch')
  return judgeExport(format, text, head, whole)
}

const unquoted = (line: string) => line.replace(/^"/, '')

const refused = (reason: FileReason, detail: Detail): HeadJudgement => ({ faults: [{ reason, detail }] })

function faultWithoutBanner(text: FirstLines, whole: boolean): Fault {
  const columns = findColumnLine(text)
  if (whole && columns && text.lines.slice(columns.linesBefore).every((line) => line.trim() === '')) {
    return { reason: 'no_genotypes', detail: 'header_only' }
  }
  if (VENDOR_FORMATS.some(({ name }) => text.comments.some((line) => name.test(line)))) {
    return { reason: 'format_unrecognized', detail: 'header_minimal' }
  }
  const rowLike = /^"?(rs|i)\d+"*[\t,; ]+"*(\d{1,2}|[XYM]T?)"*[\t,; ]+"*\d+"*[\t,; ]+"*[ACGTDI0-]/
  return columns || rowLike.test(text.firstLine)
    ? { reason: 'format_unrecognized', detail: 'header_missing' }
    : { reason: 'no_genotypes', detail: 'nothing_alike' }
}

function judgeExport(
  format: VendorFormat,
  text: FirstLines,
  head: Uint8Array,
  whole: boolean,
): HeadJudgement {
  const edits = editsOfHeader(format, text)
  if (edits.length > 0) return { faults: edits.map((detail) => ({ reason: 'file_modified', detail })) }
  const nulAt = text.comments.findIndex((line) => line.includes('\0'))
  if (nulAt !== -1) return { faults: [{ reason: 'file_modified', detail: 'nul_bytes', line: nulAt + 1 }] }
  const columns = findColumnLine(text)
  if (text.commentsTooLong || !columns || !fits(format, columns)) {
    return text.lineTooLong === undefined
      ? refused('format_unrecognized', 'header_body_mismatch')
      : { faults: [{ reason: 'file_modified', detail: 'line_too_long', line: text.lineTooLong }] }
  }
  const found: ExportHead = {
    layout: {
      format,
      twoAlleleColumns: columns.names.length === 5,
      doubledQuotes: format.quoted && /^"[^"]*"",""/.test(text.lines[columns.linesBefore] ?? ''),
    },
    statedBuild: statedBuild(text.comments),
    comments: text.comments,
    bodyStart: startOfLine(head, columns.linesBefore),
    linesBefore: columns.linesBefore,
  }
  return { export: found, faults: judgeFirstRows(head, found, whole) }
}

const fits = (format: VendorFormat, columns: ColumnLine) =>
  namesColumnsOf(format, columns) && columns.separator === (format.separator === '\t' ? 'tab' : 'comma')

/** Traces of an editor or a spreadsheet in the header, the most telling first. */
function editsOfHeader(format: VendorFormat, text: FirstLines): Detail[] {
  const edits: Detail[] = []
  const columns = findColumnLine(text)
  const prose = text.comments.slice(0, columns?.commented ? -1 : undefined)
  const padded = prose.filter((line) => /[,;\t]{2}"?$/.test(line))
  const separator = columns?.separator
  const columnsAgree = columns !== undefined && namesColumnsOf(format, columns)
  const foreignSeparator =
    columnsAgree && (separator === 'semicolon' || (separator === 'comma' && format.separator === '\t'))
  const quoted = prose.some((line) => line.startsWith('"#'))
  if (quoted || padded.length > 2 || foreignSeparator || text.carriageReturnsOnly || columns?.emptyCells) {
    edits.push('spreadsheet')
  }
  if (columnsAgree && separator === 'spaces') edits.push('spaces_for_tabs')
  if (text.encoding !== 'plain') edits.push(text.encoding)
  return edits
}

function startOfLine(bytes: Uint8Array, lines: number): number {
  let start = 0
  for (let line = 0; line < lines; line++) {
    const end = bytes.indexOf(0x0a, start)
    if (end === -1) return bytes.length
    start = end + 1
  }
  return start
}

function statedBuild(comments: readonly string[]): Build | undefined {
  for (const line of comments) {
    const match = /\bbuild ?(36|37|38)\b|\bGRCh(37|38)\b|\bNCBI(36)\b/i.exec(line)
    const number = match?.[1] ?? match?.[2] ?? match?.[3]
    if (number) return Number(number) as Build
  }
  return undefined
}
