import { expect, test } from 'vitest'
import { refuseTargetUrl } from './refuse-target-url.ts'

const strict = (url: string) => refuseTargetUrl(url, { allowPrivate: false })
const lax = (url: string) => refuseTargetUrl(url, { allowPrivate: true })

test.each([
  'https://hooks.clinic.example/arraydrop?partner=7',
  'https://hooks.clinic.example:443/',
  'https://hooks.clinic.example:8443/',
  'HTTPS://Hooks.Clinic.Example/',
  'https://xn--bcher-kva.example/',
])('a public https URL may be called: %s', (url) => {
  expect(strict(url)).toBeUndefined()
})

test.each([
  ['http://clinic.example/', 'https'],
  ['ftp://clinic.example/', 'valid'],
  ['file:///etc/passwd', 'valid'],
  ['gopher://clinic.example/', 'valid'],
  ['//clinic.example/', 'valid'],
  ['https:clinic.example', 'valid'],
  ['https://clinic.example\\@127.0.0.1/', 'valid'],
  ['https://clinic.example/\n', 'valid'],
  [' https://clinic.example/', 'valid'],
  ['https://127。0。0。1/', 'valid'],
  ['https://ⓔxample.com/', 'valid'],
  ['https://user@clinic.example/', 'user name'],
  ['https://@clinic.example/', 'user name'],
  ['https://a:b@clinic.example/', 'user name'],
  ['https://clinic.example/#part', 'fragment'],
  ['https://clinic.example:22/', 'port'],
  ['https://clinic.example:80/', 'port'],
  ['https://127.0.0.1/', 'IP address'],
  ['https://0x7f.1/', 'IP address'],
  ['https://2130706433/', 'IP address'],
  ['https://0177.0.0.1/', 'IP address'],
  ['https://8.8.8.8/', 'IP address'],
  ['https://[::1]/', 'IP address'],
  ['https://[::ffff:127.0.0.1]/', 'IP address'],
  ['https://localhost/', 'public internet'],
  ['https://localhost./', 'public internet'],
  ['https://a.localhost/', 'public internet'],
  ['https://metadata.google.internal/', 'public internet'],
  ['https://printer.local/', 'public internet'],
  ['https://intranet/', 'public internet'],
  [`https://clinic.example/${'a'.repeat(4_096)}`, 'characters'],
])('%j is refused, and says that it is about: %s', (url, about) => {
  expect(strict(url)).toContain(about)
})

test('while private targets are allowed, loopback, http and any port may be called, but nothing that parsers repair', () => {
  for (const url of [
    'http://127.0.0.1:8080/hook',
    'http://localhost:9/',
    'http://[::1]:1/',
    'https://10.0.0.1/',
  ]) {
    expect(lax(url)).toBeUndefined()
  }
  for (const url of ['http://a@127.0.0.1/', 'http://127.0.0.1\\a', 'file:///etc/passwd', 'http://']) {
    expect(lax(url)).toBeDefined()
  }
})
