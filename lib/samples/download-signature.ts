import type { Secrets } from '#lib/platform/secrets.ts'
import { fromBase64url, toBase64url } from '#lib/sealing/base64.ts'

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
export async function signDownload(
  secrets: Secrets,
  grant: DownloadGrant,
): Promise<{ kid: string; signature: string }> {
  const { kid, key } = secrets.keysFor('download')[0]!
  const signature = await crypto.subtle.sign('HMAC', await hmacKey(key), textOf(grant))
  return { kid, signature: toBase64url(new Uint8Array(signature)) }
}

/** Whether we signed this grant, with whatever key is still known; compared in constant time. Time is not looked at. */
export async function verifyDownload(
  secrets: Secrets,
  grant: DownloadGrant,
  { kid, signature }: { kid: string; signature: string },
): Promise<boolean> {
  const key = secrets.keysFor('download').find((known) => known.kid === kid)?.key
  if (!key || !/^[A-Za-z0-9_-]{43}$/.test(signature)) return false
  return crypto.subtle.verify('HMAC', await hmacKey(key), fromBase64url(signature), textOf(grant))
}

const hmacKey = (key: Uint8Array) =>
  crypto.subtle.importKey('raw', new Uint8Array(key), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ])
const textOf = ({ fileId, grantee, expires }: DownloadGrant) =>
  new TextEncoder().encode(`download ${fileId} ${grantee} ${expires}`)
