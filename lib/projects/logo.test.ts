import { expect, test } from 'vitest'
import { toBase64 } from '#lib/sealing/base64.ts'
import { LOGO_BYTES_MAX, refuseLogo } from './logo.ts'

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const JPEG = [0xff, 0xd8, 0xff, 0xe0]
const WEBP = [...new TextEncoder().encode('RIFF0000WEBP')]
const urlOf = (type: string, beginning: number[], size = 600) => {
  const bytes = new Uint8Array(size)
  bytes.set(beginning)
  return `data:image/${type};base64,${toBase64(bytes)}`
}

test.each([
  ['png', PNG],
  ['jpeg', JPEG],
  ['webp', WEBP],
] as const)('a %s is taken, up to 64 KB', (type, beginning) => {
  expect(refuseLogo(urlOf(type, [...beginning]))).toBeNull()
  expect(refuseLogo(urlOf(type, [...beginning], LOGO_BYTES_MAX))).toBeNull()
  expect(refuseLogo(urlOf(type, [...beginning], LOGO_BYTES_MAX + 3))).toContain('larger than 64 KB')
})

test.each([
  ['a drawing that may hold a script', 'data:image/svg+xml;base64,PHN2Zy8+'],
  ['a picture from elsewhere', 'https://clinic.example/logo.png'],
  ['a page', 'data:text/html;base64,PGgxPg=='],
  ['a picture that is none', urlOf('png', [...new TextEncoder().encode('<svg onload=')])],
  ['one kind that says it is another', urlOf('jpeg', PNG)],
  ['text behind the data', `${urlOf('png', PNG)}" onerror="`],
  ['no data', 'data:image/png;base64,'],
])('%s is refused', (_, url) => {
  expect(refuseLogo(url)).not.toBeNull()
})
