import type { Services } from '#lib/services.ts'
import { generateLinkToken, linkUrl } from './sign-in-link.ts'
import { deleteOpenLinks, insertLink } from './sign-in-links-table.ts'
import { hasOwner } from './users-table.ts'

/** A link by which whoever has it becomes the first owner; undefined once there is one. Links of before end with it. */
export async function makeFirstOwnerLink({
  db,
  env,
}: Pick<Services, 'db' | 'env'>): Promise<string | undefined> {
  if (await hasOwner(db)) return undefined
  const { token, hash } = await generateLinkToken()
  await db.transaction().execute(async (tx) => {
    await deleteOpenLinks(tx, 'first-owner')
    await insertLink(tx, 'first-owner', { token_hash: hash })
  })
  return linkUrl(env.publicUrl, 'first-owner', token)
}
