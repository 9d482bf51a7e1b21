import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

/** As much of an element as the script uses. */
class Part extends EventTarget {
  style = {}
  isConnected = true
  contentWindow = { postMessage: () => undefined }
  name: string
  constructor(name: string) {
    super()
    this.name = name
  }
  setAttribute() {}
  append() {}
  prepend() {}
  focus() {}
  showModal() {}
  close() {}
  remove() {
    this.isConnected = false
  }
}

/** The history of a tab, in which going back ends later, as in browsers: when the test calls `arrive`. */
class Tab extends EventTarget {
  #entries: unknown[] = ['before', 'page']
  #at = 1
  #backs = 0
  get state() {
    return this.#entries[this.#at]
  }
  get entries() {
    return this.#entries.slice(0, this.#at + 1)
  }
  get underWay() {
    return this.#backs
  }
  pushState(state: unknown) {
    this.#at += 1
    this.#entries.splice(this.#at, Number.POSITIVE_INFINITY, state)
  }
  back() {
    this.#backs += 1
  }
  arrive() {
    for (; this.#backs > 0; this.#backs -= 1) {
      this.#at -= 1
      this.dispatchEvent(new Event('popstate'))
    }
  }
  /** The person presses Back. */
  press() {
    this.back()
    this.arrive()
  }
}

interface Embed {
  open(url: string, options: object): { destroy(): void }
}

/** A partner's page on which a dialog is open. */
function openDialog() {
  const tab = new Tab()
  const parts: Part[] = []
  const createElement = (name: string) => parts[parts.push(new Part(name)) - 1]!
  const document = { createElement, documentElement: new Part('html'), body: new Part('body') }
  const window: { Arraydrop?: Embed } = {}
  runInNewContext(readFileSync('public/embed.js', 'utf8'), {
    window,
    document,
    history: tab,
    addEventListener: tab.addEventListener.bind(tab),
    removeEventListener: tab.removeEventListener.bind(tab),
    navigator: { language: 'en' },
    customElements: { get: () => true },
    HTMLElement: class {},
    MessageChannel,
    setTimeout,
    clearTimeout,
    URL,
  })
  const onExit = vi.fn()
  const upload = window.Arraydrop!.open('https://upload.example/', { mode: 'modal', onExit })
  const part = (name: string) => parts.find((one) => one.name === name)!
  return {
    tab,
    onExit,
    upload,
    isShown: () => part('dialog').isConnected,
    close: () => part('button').dispatchEvent(new Event('click')),
    /** The page has greeted: from now on it decides whether a visit that is asked to end does. */
    greet() {
      const data = { ns: 'arraydrop', type: 'hello', v: [1], nonce: 'n' }
      const source = part('iframe').contentWindow
      tab.dispatchEvent(
        Object.assign(new Event('message'), { source, origin: 'https://upload.example', data }),
      )
    },
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a dialog that is closed goes back before it tells its end, so that nothing undoes where the page goes then', () => {
  const { tab, onExit, close } = openDialog()
  close()
  expect(onExit).not.toHaveBeenCalled()
  tab.arrive()
  expect(onExit).toHaveBeenCalledOnce()
  expect(tab.entries).toEqual(['before', 'page'])
  tab.pushState('thanks')
  vi.runAllTimers()
  tab.arrive()
  expect(tab.entries).toEqual(['before', 'page', 'thanks'])
  expect(onExit).toHaveBeenCalledOnce()
})

test('a dialog tells its end and goes away even where going back does nothing', () => {
  const { onExit, close, isShown } = openDialog()
  close()
  vi.runAllTimers()
  expect(onExit).toHaveBeenCalledOnce()
  expect(isShown()).toBe(false)
})

test('a dialog never goes back over an entry of the page, nor when the page takes it away', () => {
  const navigated = openDialog()
  navigated.tab.pushState('elsewhere')
  navigated.close()
  expect(navigated.tab.underWay).toBe(0)
  expect(navigated.onExit).toHaveBeenCalledOnce()

  const destroyed = openDialog()
  destroyed.upload.destroy()
  expect(destroyed.onExit).toHaveBeenCalledOnce()
  expect(destroyed.isShown()).toBe(false)
  expect(destroyed.tab.underWay).toBe(0)
})

test('every Back asks while a file is being sent, also twice in a moment, and none leaves the page', () => {
  const { tab, onExit, upload, greet, isShown } = openDialog()
  greet()
  for (const _ of [1, 2, 3]) {
    tab.press()
    expect(tab.entries).toHaveLength(3)
  }
  expect(isShown()).toBe(true)
  expect(onExit).not.toHaveBeenCalled()
  upload.destroy()
})
