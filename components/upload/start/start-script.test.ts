import { createContext, runInContext } from 'node:vm'
import { expect, test, vi } from 'vitest'
import { KEPT_KEY, linkOfVisit, NOTICE_ID, START_MS_MAX } from './early-visit.ts'
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
  let hashChanged = () => {}
  /** Opens a link that differs from the address only in its fragment. */
  let openHere = (_link: string) => {}
  let hold = (_busy: boolean) => {}
  let loads = 0
  const load = (address: string, state: Record<string, string> | null = null) => {
    loads += 1
    Object.assign(entry, { state, address })
    const { pathname, search, hash } = new URL(address, 'https://upload.example')
    const window = {
      origin,
      addEventListener: (type: string, listener: () => void) => {
        if (type === 'hashchange') hashChanged = listener
      },
    } as Record<string, unknown>
    window.parent = framedFor === null ? window : {}
    const location = {
      pathname,
      search,
      hash,
      origin: 'https://upload.example',
      reload: () => load(entry.address),
    }
    openHere = (link) => {
      entry.address = link
      Object.assign(location, { hash: new URL(link, location.origin).hash })
      hashChanged()
    }
    hold = (busy) => Object.assign(window.arraydropStart as object, { busy })
    const context = createContext({
      window,
      navigator: { userAgent },
      document: { addEventListener: () => {} },
      location,
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
  return {
    load,
    entry,
    stored,
    loads: () => loads,
    openHere: (link: string) => openHere(link),
    hold: (busy: boolean) => hold(busy),
  }
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

test('A link that is opened again in its own tab loads the page again, but not while a file of that sample is under way', () => {
  const tab = openTab()
  const link = `/array-data-upload?sample=${SAMPLE}#token=${TOKEN}`
  const query = tab.load(link)
  const address = tab.entry.address
  tab.openHere(link)
  expect([tab.loads(), tab.entry.address]).toEqual([2, address])
  tab.hold(true)
  tab.openHere(link)
  expect([tab.loads(), tab.entry.address]).toEqual([2, address])
  expect(tab.load(address, tab.entry.state), 'a reload of the new entry').toBe(query)
  tab.hold(true)
  const other = Buffer.from(JSON.stringify({ sub: crypto.randomUUID() })).toString('base64url')
  tab.openHere(`/array-data-upload?sample=${SAMPLE}#token=e30.${other}.c2ln`)
  expect(tab.loads(), 'the link of another sample').toBe(4)
})

test('A token whose characters a mail program escaped is the same token', () => {
  const own = TOKEN.replaceAll('.', '%2E').replaceAll('_', '%5f').replaceAll('-', '%2d')
  const tab = openTab()
  const query = tab.load(`/array-data-upload?token=${own}&lang=de`)
  expect(tab.entry.address).toBe(`/array-data-upload?sample=${SAMPLE}&lang=de`)
  expect(tokenOf(query)).toBe(TOKEN)
  expect(tokenOf(openTab().load(`/array-data-upload?sample=${SAMPLE}#token=${own}`))).toBe(TOKEN)
  const app = openTab({ userAgent: 'Mozilla/5.0 (iPhone) Mobile/22A Instagram 350.0' })
  app.load(`/array-data-upload?token=${own}`)
  expect(app.entry.address).toBe(`/array-data-upload?sample=${SAMPLE}#token=${TOKEN}`)
})

/** The token that the page takes from what the script kept. */
function tokenOf(query: string): string {
  vi.stubGlobal('window', { [KEPT_KEY]: { query } })
  vi.stubGlobal('location', { origin: '', pathname: '' })
  const { token } = linkOfVisit()
  vi.unstubAllGlobals()
  return token
}

test('In another app’s browser the address can be opened elsewhere, and no server sees its token', () => {
  const app = openTab({ userAgent: 'Mozilla/5.0 (iPhone) Mobile/22A Instagram 350.0' })
  app.load(`/array-data-upload?token=${TOKEN}&lang=de`)
  expect(app.entry.address).toBe(`/array-data-upload?sample=${SAMPLE}&lang=de#token=${TOKEN}`)
  expect(openTab().load(app.entry.address)).toContain(TOKEN)
})

/** What the notice says to somebody at `address`, at once and each time that more has come or gone by. */
function noticesAt(address: string, origin: string): (string | null)[] {
  const part = (when: string) => ({ hidden: true, getAttribute: () => when })
  const parts = ['late', 'elsewhere', 'boxed'].map(part)
  const notice = {
    hidden: true,
    querySelectorAll: (what: string) => (what === 'a' ? [] : parts),
  }
  const heard: { after: number; run: () => void }[] = []
  const window = { origin, addEventListener: () => {} } as Record<string, unknown>
  window.parent = window
  const { pathname, search, hash } = new URL(address)
  const context = createContext({
    window,
    navigator: { userAgent: '' },
    document: {
      addEventListener: (type: string, run: () => void) =>
        type === 'DOMContentLoaded' && heard.push({ after: 0, run }),
      getElementById: (id: string) => (id === NOTICE_ID ? notice : null),
    },
    location: { pathname, search, hash, origin: new URL(address).origin },
    history: { state: null, replaceState: () => {} },
    sessionStorage: { getItem: () => null, setItem: () => {} },
    atob,
    setTimeout: (run: () => void, after: number) => heard.push({ after, run }),
  })
  runInContext(startScript('https://upload.example', ''), context)
  const said = () =>
    notice.hidden ? null : parts.flatMap((each) => (each.hidden ? [] : [each.getAttribute()])).join()
  // Once more for a later part of the page that is waited for: `waitForPage` calls this.
  const again = { after: 2 * START_MS_MAX, run: () => (window[KEPT_KEY] as { late(): void }).late() }
  const inOrder = [...heard, again].sort((one, other) => one.after - other.after)
  return [said(), ...inOrder.map(({ run }) => [run(), said()][1] as string | null)]
}

test('A page that does not start names its true cause, and no later notice names another', () => {
  const link = `/array-data-upload?token=${TOKEN}`
  const here = `https://upload.example${link}`
  expect(noticesAt(here, 'https://upload.example')).toEqual([null, 'late', 'late'])
  expect(noticesAt(`https://10.0.0.7${link}`, 'https://10.0.0.7')).toEqual([null, 'elsewhere', 'elsewhere'])
  expect(noticesAt(here, 'null'), 'a sandbox').toEqual([null, 'boxed', 'boxed', 'boxed'])
  expect(noticesAt(`https://10.0.0.7${link}`, 'null')).toEqual([null, 'boxed', 'boxed', 'boxed'])
})
