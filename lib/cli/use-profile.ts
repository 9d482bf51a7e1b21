import type { Command } from 'commander'
import { misused } from './failure.ts'
import { type PartnerOptions, sameOrigin } from './partner-client.ts'
import { PROFILE_DEFAULT, readProfile } from './profile.ts'

/**
 * Fill in host and key from a profile, where neither option nor environment says them. A key is used only for the host
 * it was kept for.
 */
export async function useProfile(command: Command): Promise<void> {
  const options = command.opts<PartnerOptions & { profile?: string }>()
  const takesProfile = command.options.some((option) => option.attributeName() === 'profile')
  if (!takesProfile || options.host === undefined || command.name() === 'login') return
  const profile = await readProfile(options.profile ?? PROFILE_DEFAULT)
  if (profile === undefined) {
    if (options.profile === undefined) return
    throw misused(`There is no profile ${JSON.stringify(options.profile)}: arraydrop login --profile …`)
  }
  if (command.getOptionValueSource('host') === 'default') {
    command.setOptionValueWithSource('host', profile.host, 'config')
  }
  const { host } = command.opts<PartnerOptions>()
  if (options.apiKey === undefined && sameOrigin(host, profile.host)) {
    command.setOptionValueWithSource('apiKey', profile.api_key, 'config')
  }
}
