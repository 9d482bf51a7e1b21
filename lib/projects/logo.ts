import { fromBase64 } from '#lib/sealing/base64.ts'

/** Bytes of a logo: it travels with the page's first answer. */
export const LOGO_BYTES_MAX = 65_536

/** First bytes of the pictures we accept. No SVG: it can contain scripts. */
const BEGINNINGS = {
  png: /^\x89PNG\r\n\x1a\n/,
  jpeg: /^\xff\xd8\xff/,
  webp: /^RIFF[\s\S]{4}WEBP/,
} as const

const DATA_URL = /^data:image\/(png|jpeg|webp);base64,([A-Za-z0-9+/]+={0,2})$/

/** Why a text is no logo; null for a `data:` URL of a PNG, JPEG or WebP that is one by its first bytes. */
export function refuseLogo(url: string): string | null {
  const [, type, data = ''] = DATA_URL.exec(url) ?? []
  if (!type || data.length % 4 !== 0) return 'Enter a data: URL of a PNG, JPEG or WebP picture, in base64.'
  if ((data.length / 4) * 3 > LOGO_BYTES_MAX + 2)
    return `The picture is larger than ${LOGO_BYTES_MAX / 1024} KB.`
  const beginning = String.fromCharCode(...fromBase64(data.slice(0, 16)))
  return BEGINNINGS[type as keyof typeof BEGINNINGS].test(beginning)
    ? null
    : `The picture is not what it says it is (${type}).`
}
