import type { Fault } from '#lib/genotype/verdict.ts'
import type { RejectionReason } from '../session.ts'

/** receiving → checking → accepted | rejected; or discarded: given up, replaced, or not what was announced. */
export const UPLOAD_STATES = ['receiving', 'checking', 'accepted', 'rejected', 'discarded'] as const
export type UploadState = (typeof UPLOAD_STATES)[number]

/** Why a file was refused. */
export type Refusal = Omit<Fault, 'reason'> & { reason: RejectionReason }

/** One try to send a file for a sample. */
export interface Upload {
  /** Also the id of the tus resource: `<sample id>-<random>`. */
  id: string
  sampleId: string
  state: UploadState
  /** What the page announced before the first byte: 64 hex digits. */
  sha256: string
  size: number
  storageKey: string | null
}

/** Where tus resources live, below the origin. */
export const UPLOAD_PATH = '/api/upload/files'

/** What a path of tus takes, for the `Allow` header: the collection, or one upload. */
export const methodsOfUpload = (pathname: string): string =>
  pathname.replace(/\/$/, '') === UPLOAD_PATH ? 'POST, OPTIONS' : 'HEAD, PATCH, DELETE, OPTIONS'

const ID = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})-[0-9a-f]{32}$/

/** A fresh id below a sample, with 128 random bits. */
export const uploadIdFor = (sampleId: string): string =>
  `${sampleId}-${crypto.randomUUID().replaceAll('-', '')}`

/** The sample an upload id belongs to; undefined when it is no id of ours. */
export const sampleOfUploadId = (id: string): string | undefined => ID.exec(id)?.[1]

/** Where the bytes of an upload are kept once they are all in. */
export const storageKeyOf = ({ sampleId, id }: Pick<Upload, 'sampleId' | 'id'>): string =>
  `samples/${sampleId}/${id}/original.zip`
