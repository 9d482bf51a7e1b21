import { toBase64url } from '#lib/sealing/base64.ts'
import { sha256Of } from '#lib/sealing/digest.ts'

/** Links that let a person in once, without a password. */
export type LinkKind = 'first-owner' | 'invitation' | 'reset'

/** Seconds for which each works. */
export const LINK_KIND_SECONDS: Record<LinkKind, number> = {
  'first-owner': 86_400,
  invitation: 7 * 86_400,
  reset: 3_600,
}

const TOKEN_BYTES = 32

/** A new token of 256 random bits, and what is stored of it. */
export function generateLinkToken(): { token: string; hash: Uint8Array } {
  const token = toBase64url(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)))
  return { token, hash: sha256Of(token) }
}

/** The page of the console where such a link is used. */
export const linkUrl = (publicUrl: string, kind: LinkKind, token: string): string =>
  `${publicUrl}/console/${kind}?token=${token}`
