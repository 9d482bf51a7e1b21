import { notFound } from 'next/navigation'
import { services } from '#lib/services.ts'

/** Who may see the preview: whoever is at this machine. To everybody else it does not exist. */
export function demandPreview(): void {
  if (!services().env.loopback) notFound()
}
