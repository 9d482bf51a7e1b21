import { labelOn, readableAccent } from './accent.ts'

/** Logo and colours as the upload page draws them. */
export interface Brand {
  logo: string | null
  accent: { light: string; dark: string } | null
  button: { surface: string; label: string } | null
}

/**
 * What a page draws of a project's settings; null where they hold no brand. One accent serves for both schemes, made
 * readable where it has to be. The button keeps its colour, and its label takes the colour that reads best on it.
 */
export function brandOf({
  logo,
  accentLight,
  accentDark,
  button,
}: Record<'logo' | 'accentLight' | 'accentDark' | 'button', string | null>): Brand | null {
  const [light, dark] = [accentLight ?? accentDark, accentDark ?? accentLight]
  const accent =
    light && dark ? { light: readableAccent(light, 'light'), dark: readableAccent(dark, 'dark') } : null
  if (!logo && !accent && !button) return null
  return { logo, accent, button: button ? { surface: button, label: labelOn(button) } : null }
}
