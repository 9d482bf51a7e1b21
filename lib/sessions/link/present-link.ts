import type { Services } from '#lib/services.ts'
import { type LinkToken, signLinkToken } from './link-token.ts'

/** What the partner gets for a minted session. Signed anew each time, so that no token is ever stored. */
export async function presentLink(
  { secrets, env }: Pick<Services, 'secrets' | 'env'>,
  link: LinkToken,
): Promise<{ sample_id: string; url: string; expires_at: string }> {
  const token = await signLinkToken(secrets, link)
  return {
    sample_id: link.sampleId,
    url: `${env.publicUrl}/array-data-upload?token=${token}`,
    expires_at: new Date(link.exp * 1_000).toISOString().replace('.000Z', 'Z'),
  }
}
