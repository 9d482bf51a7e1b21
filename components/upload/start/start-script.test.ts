import { createContext, runInContext } from 'node:vm'
import { expect, test } from 'vitest'
import { startScript } from './start-script.ts'

const SAMPLE = 'c7c6da94-5deb-4a3b-808a-58970cf887f1'
const TOKEN = `e30.${Buffer.from(JSON.stringify({ sub: SAMPLE })).toString('base64url')}.c2lnbmF0dXJl`

/**
 * A tab of a browser, as far as the script looks at it. `blocked`: a browser whose storage throws. `framedFor`: a frame whose
 * policy the server chose for that sample.
 */
function openTab({
  blocked = false,
  origin = 'https://upload.example',
  userAgent = '',
  framedFor = null as string | null,
} = {}) {
  const stored = new Map<string, string>()
  const entry = { state: null as Record<string, string> | null, address: '' }
  const load = (address: string, state: Record<string, string> | null = null) => {
    Object.assign(entry, { state, address })
    const { pathname, search, hash } = new URL(address, 'https://upload.example')
    const window = {
      origin,
      addEventListener: () => {},
    } as Record<string, unknown>
    window.parent = framedFor === null ? window : {}
    const context = createContext({
      window,
      navigator: { userAgent },
      document: { addEventListener: () => {} },
      location: { pathname, search, hash, origin: 'https://upload.example' },
      history: {
        state,
        replaceState(next: Record<string, string>, _: string, to: string) {
          Object.assign(entry, { state: { ...next }, address: to })
        },
      },
      atob,
      setTimeout: () => 0,
      get sessionStorage() {
        if (blocked) throw new Error('SecurityError')
        return {
          getItem: (key: string) => stored.get(key) ?? null,
          setItem: (key: string, value: string) => stored.set(key, value),
        }
      },
    })
    runInContext(startScript('https://upload.example', framedFor ?? ''), context)
    return (window.arraydropStart as { query: string }).query
  }
  return { load, entry, stored }
}

test('The address loses the token and keeps what opens nothing: the sample and the language', () => {
  for (const [link, shown] of [
    [`/array-data-upload?token=${TOKEN}`, `/array-data-upload?sample=${SAMPLE}`],
    [`/array-data-upload?token=${TOKEN}&lang=pt-BR`, `/array-data-upload?sample=${SAMPLE}&lang=pt-BR`],
    [
      `/array-data-upload?sample=${SAMPLE}&lang=de#token=${TOKEN}`,
      `/array-data-upload?sample=${SAMPLE}&lang=de`,
    ],
  ] as const) {
    const tab = openTab()
    const query = tab.load(link)
    expect(tab.entry.address).toBe(shown)
    expect(`/array-data-upload${query}`).toBe(link)
    // A reload keeps the entry; an address that is entered again has none, and finds the tab's storage.
    expect(tab.load(shown, tab.entry.state)).toBe(query)
    expect(tab.load(shown)).toBe(query)
    expect(openTab().load(shown), 'another tab').toBe('')
  }
})

test('Where storage is blocked the entry of the history is enough', () => {
  const tab = openTab({ blocked: true })
  const query = tab.load(`/array-data-upload?token=${TOKEN}`)
  expect(tab.load(tab.entry.address, tab.entry.state)).toBe(query)
  expect(tab.load(tab.entry.address)).toBe('')
})

test('A sandbox without an origin and a token that names no sample keep their address', () => {
  const sandbox = openTab({ origin: 'null' })
  sandbox.load(`/array-data-upload?token=${TOKEN}`)
  expect(sandbox.entry.address).toContain(TOKEN)
  const other = openTab()
  for (const token of ['x', 'a.b.c', `e30.${Buffer.from('{"sub":"../x"}').toString('base64url')}.c2ln`]) {
    expect(other.load(`/array-data-upload?token=${token}`)).toBe(`?token=${token}`)
    expect(other.entry.address).toContain(token)
  }
  expect(other.stored.size).toBe(0)
})

test('In a frame a link works only with the policy of its own sample, and is not kept for other frames of the tab', () => {
  const own = openTab({ framedFor: SAMPLE })
  const query = own.load(`/array-data-upload?sample=${SAMPLE}#token=${TOKEN}`)
  expect(query).toContain(TOKEN)
  expect(own.load(own.entry.address, own.entry.state)).toBe(query)
  expect(own.stored.size).toBe(0)
  const other = crypto.randomUUID()
  for (const [link, sample] of [
    [`#token=${TOKEN}`, ''],
    [`?token=&token=${TOKEN}`, ''],
    [`?token=${TOKEN}%20`, ''],
    [`?sample=${other}#token=${TOKEN}`, other],
  ] as const) {
    expect(openTab({ framedFor: sample }).load(`/array-data-upload${link}`), link).not.toContain(TOKEN)
  }
})

test('In another app’s browser the address can be opened elsewhere, and no server sees its token', () => {
  const app = openTab({ userAgent: 'Mozilla/5.0 (iPhone) Mobile/22A Instagram 350.0' })
  app.load(`/array-data-upload?token=${TOKEN}&lang=de`)
  expect(app.entry.address).toBe(`/array-data-upload?sample=${SAMPLE}&lang=de#token=${TOKEN}`)
  expect(openTab().load(app.entry.address)).toContain(TOKEN)
})
