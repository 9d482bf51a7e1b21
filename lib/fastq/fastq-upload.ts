import type { RNotation } from './map/destination.ts'

export const FASTQ_UPLOAD_STATUSES = ['started', 'succeeded', 'failed'] as const
export type FastqUploadStatus = (typeof FASTQ_UPLOAD_STATUSES)[number]

/** A FASTQ file that a partner gave by URL: where it is to be fetched, and whose it is. */
export interface FastqUpload {
  id: string
  /** Null: of the whole organisation. */
  projectId: string | null
  destinationPath: string
  /** The same for both files of a pair. */
  pairPath: string
  /** The partner's name for the sample, read from the destination. */
  clientId: string
  rNotation: RNotation
  /** Encrypted; see `seal-source.ts`. Null once deleted. */
  sealedUrl: string | null
  sourceHost: string
  /** Bytes, as the source answered them; null when it did not say. */
  size: number | null
  /** When the URL stops working at the latest; null: it does not say. */
  expiresAt: Date | null
  source: string
  status: { id: string; status: FastqUploadStatus; note: string; created: Date }
  /** The person who gave it, or whose key did. */
  userId: string | null
  /** The sample it was assigned to. */
  sampleId: string | null
  created: Date
}
