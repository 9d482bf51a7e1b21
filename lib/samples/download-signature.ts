import type { Secrets } from '#lib/platform/secrets.ts'
import { fromBase64url } from '#lib/sealing/base64.ts'
import { sameDigest, signText } from '#lib/sealing/digest.ts'

/** Seconds a download URL works. It is bound to one file, and good for any number of ranges of it. */
export const DOWNLOAD_SECONDS = 3_600

/** Everything a download URL says in its query, and nothing else. */
export interface DownloadGrant {
  fileId: string
  /** The key or person it was made for: the URL works only while they may still read the file. */
  grantee: string
  /** Seconds since 1970. */
  expires: number
}

/** HMAC-SHA256 over file, grantee and time with the newest key, as base64url; `kid` names the key. */
export function signDownload(secrets: Secrets, grant: DownloadGrant): { kid: string; signature: string } {
  const { kid, key } = secrets.keysFor('download')[0]!
  return { kid, signature: signatureOf(grant, key).toString('base64url') }
}

/** Whether we signed this grant, with whatever key is still known; compared in constant time. Time is not looked at. */
export function verifyDownload(
  secrets: Secrets,
  grant: DownloadGrant,
  { kid, signature }: { kid: string; signature: string },
): boolean {
  const key = secrets.keysFor('download').find((known) => known.kid === kid)?.key
  if (!key || !/^[A-Za-z0-9_-]{43}$/.test(signature)) return false
  return sameDigest(signatureOf(grant, key), fromBase64url(signature))
}

const signatureOf = ({ fileId, grantee, expires }: DownloadGrant, key: Uint8Array): Buffer =>
  signText('sha256', key, `download ${fileId} ${grantee} ${expires}`)
