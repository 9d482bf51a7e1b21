import type { Services } from '#lib/services.ts'

/** Do one thing with the installation's own services, beside a running server or without one, and let go of them. */
export async function withSystem<T>(act: (services: Services) => Promise<T>): Promise<T> {
  // Only now: commands that speak the API start several times as fast without it.
  const { boot } = await import('#lib/boot.ts')
  const system = await boot({ jobs: false, applicationName: 'arraydrop-cli', quiet: true })
  try {
    return await act(system.services)
  } finally {
    await system.stop()
  }
}
