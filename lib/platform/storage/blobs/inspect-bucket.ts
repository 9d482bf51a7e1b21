import {
  GetBucketAclCommand,
  GetBucketPolicyStatusCommand,
  GetBucketVersioningCommand,
  type S3Client,
} from '@aws-sdk/client-s3'

const EVERYBODY = /\/groups\/global\/(?:AllUsers|AuthenticatedUsers)$/

export interface BucketFindings {
  /** Strangers can read it or write to it: it must not be used. */
  public: boolean
  /** There is no such bucket. */
  missing?: boolean
  /** What an operator should know, in sentences. */
  warnings: string[]
}

/** Inspect a bucket's settings as far as our credentials allow. Never rejects: what cannot be determined is a warning. */
export async function inspectBucket(client: S3Client, bucket: string): Promise<BucketFindings> {
  const Bucket = bucket
  let missing = false
  const ask = <T>(act: Promise<T>) =>
    act.catch((thrown: unknown) => {
      if (nameOf(thrown) === 'NoSuchBucket') missing = true
      // No policy at all is a clear answer.
      return nameOf(thrown) === 'NoSuchBucketPolicy' ? 'none' : undefined
    })
  const [policy, acl, versioning] = await Promise.all([
    ask(client.send(new GetBucketPolicyStatusCommand({ Bucket }))),
    ask(client.send(new GetBucketAclCommand({ Bucket }))),
    ask(client.send(new GetBucketVersioningCommand({ Bucket }))),
  ])
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

const nameOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.name : '')
