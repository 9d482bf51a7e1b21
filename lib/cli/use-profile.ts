import type { Command } from 'commander'
import { misused } from './failure.ts'
import { type PartnerOptions, sameOrigin } from './partner-client.ts'
import { PROFILE_DEFAULT, readProfile } from './profile.ts'

/**
 * Fill in host and key from a profile, where neither option nor environment says them; a profile that is named on the
 * command line goes before the environment. A key is used only for the host it was kept for.
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
  const named = command.getOptionValueSource('profile') === 'cli'
  const isOpen = (option: string) => {
    const source = command.getOptionValueSource(option) ?? 'default'
    return source === 'default' || (named && source === 'env')
  }
  if (isOpen('host')) {
    command.setOptionValueWithSource('host', profile.host, 'config')
  }
  const { host } = command.opts<PartnerOptions>()
  if (!isOpen('apiKey')) return
  if (sameOrigin(host, profile.host)) command.setOptionValueWithSource('apiKey', profile.api_key, 'config')
  else command.setOptionValueWithSource('keyIsFor', profile.host, 'config')
}
