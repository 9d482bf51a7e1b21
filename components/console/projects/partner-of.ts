import type { BrandRequest } from '#components/upload/preview/brand-request.ts'
import { readableAccent } from '#lib/projects/accent.ts'
import { refuseLogo } from '#lib/projects/logo.ts'
import type { SettingValues } from './setting-values.ts'

const COLOUR = /^#[0-9a-f]{6}$/i

/** What the upload page would be told with these settings; what could not be saved yet is left out. */
export function partnerOf(projectName: string, settings: SettingValues): BrandRequest['partner'] {
  return {
    name: settings.display_name?.trim() || projectName,
    supportUrl: settings.support_url,
    privacyUrl: settings.privacy_url,
    purpose: settings.purpose?.trim() || null,
    rawFileDays: settings.raw_file_days,
    deliverableDays: settings.deliverable_days,
    brand: brandOf(settings),
  }
}

/** One colour serves for both schemes, made readable where it has to be: as the page itself does it. */
function brandOf({
  logo: given,
  accent_light,
  accent_dark,
}: SettingValues): BrandRequest['partner']['brand'] {
  const logo = given !== null && refuseLogo(given) === null ? given : null
  const [ours, others] = [accent_light, accent_dark].map((colour) =>
    colour !== null && COLOUR.test(colour) ? colour : null,
  )
  const [light, dark] = [ours ?? others, others ?? ours]
  if (!light || !dark) return logo ? { logo, accent: null } : null
  return { logo, accent: { light: readableAccent(light, 'light'), dark: readableAccent(dark, 'dark') } }
}
