import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  EMBED_NAMESPACE,
  EMBED_VERSION,
  HOST_CHARACTERS_MAX,
  readHostMessage,
  sourcesAllow,
} from './embed-messages.ts'

const said = (type: string, more: object = {}) => ({ ns: 'arraydrop', v: 1, type, ...more })

describe("a host's message", () => {
  test('is read as an object and as text, and what is not known is left out', () => {
    const init = said('init', {
      nonce: 'n',
      locale: 'pt-BR',
      color_scheme: 'dark',
      redirect: 'host',
      fit: 'content',
    })
    const read = {
      type: 'init',
      nonce: 'n',
      locale: 'pt-BR',
      color_scheme: 'dark',
      fit: 'content',
      redirect: 'host',
    }
    expect(readHostMessage({ ...init, consent: true, file: 'x' })).toEqual(read)
    expect(readHostMessage(JSON.stringify(init))).toEqual(read)
    expect(readHostMessage(said('init', { redirect: 'https://evil.example' }))).toMatchObject({
      redirect: 'top',
    })
    expect(readHostMessage(said('redirect_ack', { handled: 'yes' }))).toEqual({
      type: 'redirect_ack',
      handled: false,
    })
    for (const type of ['focus', 'cancel', 'ping']) expect(readHostMessage(said(type))).toEqual({ type })
  })

  test.each([
    ['another namespace', { ...said('ping'), ns: 'other' }],
    ['another version', { ...said('ping'), v: 2 }],
    ['a type that is none', said('file')],
    ['one of our own events', said('exit', { data: { status: 'received' } })],
    ['a theme without a scheme', said('theme', { color_scheme: 'url(x)' })],
    ['a language that is none', said('locale', { locale: '../../en' })],
    ['too long', said('ping', { more: 'x'.repeat(HOST_CHARACTERS_MAX) })],
    ['no JSON', '{"ns":'],
    ['null', null],
    ['a function', () => said('ping')],
    ['a circle', Object.assign(said('ping'), { self: globalThis })],
  ])('is none with %s', (_, given) => {
    expect(readHostMessage(given)).toBeNull()
  })

  test('is never an error, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withMap: true, withSparseArray: true }), (given) => {
        readHostMessage(given)
        readHostMessage(said('init', { given }))
      }),
    )
  })
})

describe('a source list of the policy', () => {
  test.each([
    ['https:', 'https://clinic.example', true],
    ['https:', 'http://clinic.example', false],
    ['capacitor://localhost', 'capacitor://localhost', true],
    ['https://clinic.example', 'https://clinic.example', true],
    ['https://clinic.example', 'https://clinic.example.evil.example', false],
    ['https://*.clinic.example', 'https://a.b.clinic.example', true],
    ['https://*.clinic.example', 'https://clinic.example', false],
    ['https://*.clinic.example', 'https://evil.example/.clinic.example', false],
    ['http://localhost:*', 'http://localhost:4000', true],
    ['http://localhost:*', 'http://localhost', true],
    ['http://localhost:*', 'http://localhost.evil.example:4000', false],
    ['http://*.localhost:*', 'http://partner.localhost:4000', true],
    ["'none'", 'null', false],
    ["'none'", 'https://clinic.example', false],
    ['', '', true],
  ])('%s for %s: %s', (source, origin, allowed) => {
    expect(sourcesAllow([source], origin)).toBe(allowed)
  })
})

describe("the partner's script", () => {
  const script = readFileSync('public/embed.js', 'utf8')

  test('speaks the namespace and the version of the contract', () => {
    expect(script).toContain(`const NS = '${EMBED_NAMESPACE}'`)
    expect(script).toContain(`const VERSION = ${EMBED_VERSION}`)
  })

  // Ten languages of words and the explained source, which partners' reviewers read as it is served.
  test('weighs less than 7.5 KB, as it is served', () => {
    expect(gzipSync(script).length).toBeLessThan(7_680)
  })
})

test('the script refuses an option that is not one of its choices, by its name', () => {
  const window: { Arraydrop?: { open(url: string, options: object): void } } = {}
  const customElements = { get: () => undefined, define() {} }
  const world = { window, customElements, HTMLElement: class {}, URL, Object, TypeError }
  runInNewContext(readFileSync('public/embed.js', 'utf8'), world)
  const open = (options: object) => () => window.Arraydrop!.open('https://upload.example/', options)
  expect(open({ mode: 'dialog' })).toThrow(
    'Arraydrop.open: "mode" must be inline, modal, popup, not "dialog".',
  )
  expect(open({ redirect: 'parent' })).toThrow('"redirect" must be host, top, frame, not "parent"')
  expect(open({ colorScheme: 'auto' })).toThrow('"colorScheme" must be light, dark, not "auto"')
})
