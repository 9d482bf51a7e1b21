import { boot } from '#lib/boot.ts'
import type { Services } from '#lib/services.ts'

/** Do one thing with the installation's own services, beside a running server or without one, and let go of them. */
export async function withSystem<T>(act: (services: Services) => Promise<T>): Promise<T> {
  const system = await boot({ jobs: false, applicationName: 'arraydrop-cli', quiet: true })
  try {
    return await act(system.services)
  } finally {
    await system.stop()
  }
}
