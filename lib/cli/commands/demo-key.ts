import { createApiKey } from '#lib/keys/create-api-key.ts'
import { ensureDemoProject } from '#lib/projects/create-project.ts'
import { nameInstallation } from '../name-installation.ts'
import { withSystem } from '../with-system.ts'

const KEY_MS = 3_600_000

/** A key of this installation for `arraydrop demo`, which works for an hour. */
export function makeDemoKey(): Promise<string> {
  nameInstallation()
  return withSystem(async (services) => {
    const project = await ensureDemoProject(services)
    const expiresAt = new Date((await services.clock.now()).getTime() + KEY_MS)
    const key = await createApiKey(services, {
      name: 'demo',
      role: 'analyst',
      projectId: project.id,
      expiresAt,
    })
    return key.key
  })
}
