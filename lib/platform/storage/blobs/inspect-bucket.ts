import {
  GetBucketAclCommand,
  GetBucketPolicyStatusCommand,
  GetBucketVersioningCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { StartRefusal } from '../../start-refusal.ts'
import { isStorageOutage } from '../storage-outage.ts'
import { explainS3, statusOf } from './explain-s3.ts'

/** A store that has no such setting may say so. */
const NOT_IMPLEMENTED = 501
const UNKNOWN_TO_STORE = new Set([
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'InvalidToken',
])
const EVERYBODY = /\/groups\/global\/(?:AllUsers|AuthenticatedUsers)$/

export interface BucketFindings {
  /** Strangers can read it or write to it: it must not be used. */
  public: boolean
  /** There is no such bucket. */
  missing?: boolean
  /** What an operator should know, in sentences. */
  warnings: string[]
}

/** The store did not answer: it may be there later. The message says what to check. */
export class UnreachableStore extends StartRefusal {
  override name = 'UnreachableStore'
}

/**
 * Inspect a bucket's settings as far as our credentials allow: what cannot be determined is a warning. Rejects with an
 * `UnreachableStore`, or with a sentence about the credentials when the store does not know them.
 */
export async function inspectBucket(client: S3Client, bucket: string): Promise<BucketFindings> {
  const Bucket = bucket
  let missing = false
  const refusals: Error[] = []
  const ask = <T>(act: Promise<T>) =>
    act.catch((thrown: unknown) => {
      const refusal = whyNoAnswer(thrown)
      if (refusal) refusals.push(refusal)
      if (nameOf(thrown) === 'NoSuchBucket') missing = true
      // No policy at all is a clear answer.
      return nameOf(thrown) === 'NoSuchBucketPolicy' ? 'none' : undefined
    })
  const answers = await Promise.all([
    ask(client.send(new GetBucketPolicyStatusCommand({ Bucket }))),
    ask(client.send(new GetBucketAclCommand({ Bucket }))),
    ask(client.send(new GetBucketVersioningCommand({ Bucket }))),
  ])
  const [policy, acl, versioning] = answers
  // One question that a store cannot answer says nothing about its being there.
  const [refusal] = refusals
  if (refusal && refusals.length === answers.length) throw refusal
  if (missing) return { public: false, missing, warnings: [] }
  const warnings: string[] = []
  if (policy === undefined || acl === undefined) {
    warnings.push('Whether the bucket is public could not be determined: make sure that it is not.')
  }
  if (typeof versioning === 'object' && versioning.Status === 'Enabled') {
    warnings.push(
      'The bucket keeps old versions, so a deleted file stays in it: let a lifecycle rule expire them, or set ENCRYPT_AT_REST=1, where the key goes.',
    )
  }
  const openPolicy = typeof policy === 'object' && policy.PolicyStatus?.IsPublic === true
  const openAcl =
    typeof acl === 'object' && acl.Grants?.some(({ Grantee }) => EVERYBODY.test(Grantee?.URI ?? ''))
  return { public: openPolicy || openAcl === true, warnings }
}

/** Why a store that is away, or that does not know us, has said nothing about the bucket; null where it has answered. */
function whyNoAnswer(thrown: unknown): Error | null {
  const name = nameOf(thrown)
  const options = { cause: thrown }
  if (UNKNOWN_TO_STORE.has(name)) {
    return new StartRefusal(
      `The store of STORAGE_URL does not accept the credentials (${name}): correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the role of this machine.`,
      options,
    )
  }
  // A machine's role may come later than its processes.
  if (name === 'CredentialsProviderError') {
    return new UnreachableStore(
      'There are no credentials for the store of STORAGE_URL: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give this machine a role.',
      options,
    )
  }
  const status = statusOf(thrown)
  const isAway = status === undefined ? isStorageOutage(explainS3(thrown)) : status >= 500
  if (!isAway || status === NOT_IMPLEMENTED) return null
  const why = status ?? (thrown as { code?: string }).code ?? name
  return new UnreachableStore(
    `The store of STORAGE_URL cannot be reached (${why}): check the endpoint, and that the store runs.`,
    options,
  )
}

const nameOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.name : '')
