import type { FileType } from './deliverable.ts'

/** Deliverables that are pages to read. */
const REPORTS: readonly string[] = ['qc-html', 'fastq-qc-html'] satisfies FileType[]

/** Whether a browser can show a deliverable of this type as a page. */
export const isReport = (fileType: string): boolean => REPORTS.includes(fileType)
