import type { Services } from '#lib/services.ts'

/** Run `act` with the services of this installation, with or without a running server, then stop them. */
export async function withSystem<T>(act: (services: Services) => Promise<T>): Promise<T> {
  // Loaded late: commands that only use the API start several times as fast without it.
  const { boot } = await import('#lib/boot.ts')
  const system = await boot({ jobs: false, applicationName: 'arraydrop-cli', quiet: true })
  try {
    return await act(system.services)
  } finally {
    await system.stop()
  }
}
