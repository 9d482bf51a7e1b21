import { services } from '#lib/services.ts'
import { requireSignIn } from '../signed-in-person.ts'

/** Who may see the preview: whoever is at this machine, and everybody who is signed in to the console. */
export async function requirePreviewAccess(): Promise<void> {
  if (!services().env.loopback) await requireSignIn()
}
