/** Light or dark, as the person's device prefers. */
export type Scheme = 'light' | 'dark'

/**
 * Surfaces of the upload page on which the accent stands as text, and the text that stands on it, as `app/tokens.module.css`
 * has them (a test holds the two together).
 */
export const ACCENT_BESIDE: Record<Scheme, readonly string[]> = {
  light: ['#eef2f0', '#ffffff', '#f6f8f7'],
  dark: ['#0d1412', '#161f1c', '#1c2724', '#06261e'],
}

/** WCAG 2.2, 1.4.3: text of ordinary size. */
export const CONTRAST_MIN = 4.5

/** Ratio of WCAG 2.2 between two colours written `#rrggbb`: 1 to 21. */
export function contrastOf(a: string, b: string): number {
  const [light, dark] = [luminanceOf(a), luminanceOf(b)].sort((one, other) => other - one) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** The lowest contrast this accent has on any surface of the page. */
export const lowestContrast = (accent: string, scheme: Scheme): number =>
  Math.min(...ACCENT_BESIDE[scheme].map((surface) => contrastOf(accent, surface)))

/** The accent itself where it can be read; otherwise the nearest one that can, darker on light and lighter on dark. */
export function readableAccent(accent: string, scheme: Scheme): string {
  const towards = scheme === 'light' ? 0 : 255
  for (let step = 0; step < 100; step++) {
    const mixed = hexOf(channelsOf(accent).map((channel) => channel + ((towards - channel) * step) / 100))
    if (lowestContrast(mixed, scheme) >= CONTRAST_MIN) return mixed
  }
  return scheme === 'light' ? '#000000' : '#ffffff'
}

/** Black or white, whichever reads better on this colour: one of the two always reaches 4.5 : 1. */
export const labelOn = (surface: string): string =>
  contrastOf(surface, '#000000') >= contrastOf(surface, '#ffffff') ? '#000000' : '#ffffff'

/** Why an accent cannot be used, with one that can; null where it is readable. */
export function refuseAccent(accent: string, scheme: Scheme): string | null {
  const contrast = lowestContrast(accent, scheme)
  if (contrast >= CONTRAST_MIN) return null
  // Rounded down, so that a colour that is just below never seems to reach it.
  const shown = (Math.floor(contrast * 100) / 100).toFixed(2)
  return `${accent} cannot be read on our ${scheme} page: contrast ${shown}, at least ${CONTRAST_MIN} is needed. ${readableAccent(accent, scheme)} works.`
}

const channelsOf = (colour: string): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))

const hexOf = (channels: number[]): string =>
  `#${channels.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`

function luminanceOf(colour: string): number {
  const [red, green, blue] = channelsOf(colour).map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
