import { services } from '#lib/services.ts'
import { demandSomebody } from '../who-is-there.ts'

/** Who may see the preview: whoever is at this machine, and everybody who is signed in to the console. */
export async function demandPreview(): Promise<void> {
  if (!services().env.loopback) await demandSomebody()
}
