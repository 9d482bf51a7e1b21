import { expect, test } from 'vitest'
import { explainInstallFailure } from './explain-install-failure.mjs'

const explain = (...lines: string[]) =>
  explainInstallFailure(lines.map((line) => `npm error ${line}\n`).join(''), '/srv/arraydrop')

test('A package that cannot be fetched is named, with what to do', () => {
  expect(
    explain(
      'code ENOTFOUND',
      'syscall getaddrinfo',
      'request to https://registry.example/@aws-sdk%2fclient-s3 failed, reason: getaddrinfo ENOTFOUND registry.example',
    ),
  ).toBe(
    '@aws-sdk/client-s3 could not be fetched (ENOTFOUND). Check the network; behind a proxy, set HTTPS_PROXY. Then start again.',
  )
  expect(
    explain('code ECONNRESET', 'request to https://registry.example/next/-/next-16.4.5.tgz failed'),
  ).toMatch(/^next@16\.4\.5 could not be fetched \(ECONNRESET\)/)
})

test('A package that is missing or damaged, a full disk and a folder of another user have sentences of their own', () => {
  expect(
    explain('code E404', '404 Not Found - GET https://mirror.example/npm/pino/-/pino-10.4.0.tgz'),
  ).toMatch(/^pino@10\.4\.0 is not to be had from the registry/)
  expect(explain('code EINTEGRITY', 'Verification failed')).toMatch(/^A package arrived damaged/)
  expect(explain('code ENOSPC')).toMatch(/disk is full/)
  expect(explain('code EACCES')).toContain('npm may not write to /srv/arraydrop')
})

test('What is not known is shown as npm said it, without a stack trace', () => {
  const text = explain('Exit handler never called!', '    at process.<anonymous> (/usr/lib/npm.js:1:2)')
  expect(text).toContain('Exit handler never called!')
  expect(text).not.toContain(' at ')
})
