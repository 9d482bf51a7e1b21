import { makeFirstOwnerLink } from '#lib/people/make-sign-in-link.ts'
import { ensureDemoProject } from '#lib/projects/create-project.ts'
import type { Services } from '#lib/services.ts'
import { LINK_SECONDS_MAX } from '#lib/sessions/limits.ts'
import { mintSession, presentLink } from '#lib/sessions/link/mint-session.ts'

/** Print that the service is ready and, while only this machine can reach it, a link to try it with. */
export async function announce(services: Services): Promise<void> {
  const { env } = services
  const project = await ensureDemoProject(services)
  const lines = [`Arraydrop is ready on ${env.publicUrl}`]
  if (env.loopback) {
    const caller = { apiKeyId: '', role: 'owner', projectId: project.id } as const
    const { url } = presentLink(
      services,
      await mintSession(services, caller, { expires_in: LINK_SECONDS_MAX }),
    )
    lines.push(
      '',
      `Upload a file for the project "${project.name}" (the link works for one hour):`,
      `  ${url}`,
    )
    const ownerUrl = await makeFirstOwnerLink(services)
    if (ownerUrl)
      lines.push(
        '',
        'Become the first owner of the console (works once, today, until the next start):',
        `  ${ownerUrl}`,
      )
    else lines.push('', `The console:  ${env.publicUrl}/console`)
    // A name with special characters would need quoting in a shell, so print the id instead.
    const named = /^[\w-]+$/.test(project.name) ? project.name : project.id
    lines.push('', `Make an API key:  npx arraydrop admin create-api-key --project ${named} --role manager`)
  }
  if (env.plainHttp) {
    const warning = `PUBLIC_URL is ${env.publicUrl}, without https: passwords, links and people's files can be read and changed on their way. Put a proxy with a certificate in front, and set PUBLIC_URL to its https address (docs/virtual-machine.md).`
    services.log.warn(warning)
    lines.push('', warning)
  }
  if (!env.loopback && !env.encryptAtRest) {
    lines.push(
      '',
      'Stored files are not encrypted. Recommended for a service that others can reach: ENCRYPT_AT_REST=1 (docs/operations.md).',
    )
  }
  // For the person at the terminal; everything else goes to the log as JSON.
  process.stdout.write(`${lines.join('\n')}\n`)
}
