// The page `/doctor`: observes, lets `findingsOf` judge, and shows the findings that the page already holds. Written for the
// oldest supported browsers. `findingsOf`, `sayFigure` and `browserOfAgent` stand before this text (compose-script.ts).
;(() => {
  const PROBES = '/api/upload/files'
  const PATIENCE_MS = 20_000
  const GREETING_MS = 3_000
  const SIZES = [65_536, 524_288, 1_048_576, 5 * 1_048_576]
  /** What the upload page needs from the browser, by its global name. */
  const NEEDED = [
    'Promise',
    'fetch',
    'AbortController',
    'TextDecoder',
    'ReadableStream',
    'MessageChannel',
    'URL',
    'URLSearchParams',
    'Blob',
    'FileReader',
    'Intl',
    'XMLHttpRequest',
  ]
  /** What this page says in its language; the rest of its words are in it already. */
  const WORDS = JSON.parse(document.body.dataset.words)
  const LEVELS = ['fails', 'falls_back', 'untried', 'works']
  const NO_ANSWER = {
    status: 0,
    ours: false,
    whole: false,
    sawToken: false,
    sawOffset: false,
    offsetCame: false,
  }
  window.arraydropDoctor = true

  const byId = (id) => document.getElementById(id)
  const app = appAround()
  const framed = window.parent !== window

  const facts = {
    atHome: location.origin === document.body.dataset.publicUrl,
    boxed: window.origin === 'null',
    place: app ? 'app' : framed ? 'frame' : 'window',
    missing: countMissing(),
    secure: window.isSecureContext === true,
    chooser: 'untried',
    file: 'untried',
    inflates: inflates(),
    digests: Boolean(window.crypto?.subtle),
    worker: false,
    storage: hasStorage(),
    skewSeconds: null,
    head: NO_ANSWER,
    patch: NO_ANSWER,
    inHeader: null,
    oneRequest: null,
    bodies: [],
    host: app ? 'app' : 'none',
    isolated: window.crossOriginIsolated === true,
    screen: 'missing',
  }

  let tried = false

  function countMissing() {
    const globals = NEEDED.filter((name) => !(name in window)).length
    const random = window.crypto?.getRandomValues ? 0 : 1
    return globals + random + ('arrayBuffer' in Blob.prototype ? 0 : 1)
  }

  function inflates() {
    try {
      return Boolean(new DecompressionStream('deflate-raw'))
    } catch {
      return false
    }
  }

  function hasStorage() {
    try {
      return Boolean(window.localStorage)
    } catch {
      return false
    }
  }

  /** The same objects that the upload page looks for (components/upload/bridge/host-window.ts). */
  function appAround() {
    const apple = window.webkit?.messageHandlers?.arraydrop
    if (window.ReactNativeWebView)
      return (message) => window.ReactNativeWebView.postMessage(JSON.stringify(message))
    if (window.arraydrop?.postMessage)
      return (message) => window.arraydrop.postMessage(JSON.stringify(message))
    if (apple) return (message) => apple.postMessage(message)
    if (window.arraydropHost) return (message) => window.arraydropHost.postMessage(JSON.stringify(message))
    return null
  }

  function tryWorker() {
    return new Promise((resolve) => {
      try {
        const worker = new Worker(document.body.dataset.worker)
        const end = (runs) => {
          worker.terminate()
          resolve(runs)
        }
        worker.onmessage = () => end(true)
        worker.onerror = () => end(false)
        setTimeout(() => end(false), PATIENCE_MS)
      } catch {
        resolve(false)
      }
    })
  }

  async function tryScreen() {
    if (!('wakeLock' in navigator)) return 'missing'
    try {
      const lock = await navigator.wakeLock.request('screen')
      await lock.release()
      return 'held'
    } catch {
      return 'refused'
    }
  }

  /** Greets the window around this one as the upload page does; an `init` with our nonce and a port is an answer. */
  function tryHost() {
    const peer = framed ? window.parent : window.opener
    const hello = { ns: 'arraydrop', type: 'hello', v: [1], nonce: newNonce() }
    if (!peer) {
      if (app) app(hello)
      return Promise.resolve(app ? 'app' : 'none')
    }
    return new Promise((resolve) => {
      setTimeout(() => resolve(app ? 'app' : framed ? 'silent' : 'none'), GREETING_MS)
      window.addEventListener('message', ({ source, data, ports }) => {
        const fits = data && data.ns === 'arraydrop' && data.type === 'init' && data.nonce === hello.nonce
        if (source !== peer || !fits || !ports[0]) return
        report(ports[0])
        resolve('answers')
      })
      peer.postMessage(hello, '*')
    })
  }

  function newNonce() {
    const bytes = window.crypto.getRandomValues(new Uint8Array(16))
    return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  }

  /** The events a frame needs to be seen whole: that the page is ready, and how high it is. */
  function report(port) {
    const instance = newNonce()
    let seq = 0
    let height = 0
    const send = (type, data) => {
      seq += 1
      const id = `evt_${instance}_${seq}`
      port.postMessage({
        ns: 'arraydrop',
        v: 1,
        type,
        id,
        seq,
        sample_id: null,
        at: new Date().toISOString(),
        data,
      })
    }
    const measure = () => Math.ceil(document.documentElement.getBoundingClientRect().height)
    const common = {
      locale: WORDS.locale,
      dir: document.documentElement.dir,
      title: document.title,
      color_scheme: 'light',
      state: 'loading',
    }
    height = measure()
    send('ready', { ...common, height, seconds_remaining: null })
    if (!('ResizeObserver' in window)) return
    new ResizeObserver(() => {
      const now = measure()
      if (Math.abs(now - height) < 4) return
      height = now
      send('resize', { height })
    }).observe(document.documentElement)
  }

  /** One request as tus makes it, to a place that counts bytes and keeps none. */
  async function probe({ method, bytes, path = `${PROBES}/doctor`, override }) {
    const headers = { Authorization: 'Bearer doctor', 'Tus-Resumable': '1.0.0', 'Upload-Offset': '0' }
    if (bytes !== undefined) headers['Content-Type'] = 'application/offset+octet-stream'
    if (override) headers['X-HTTP-Method-Override'] = override
    const stop = new AbortController()
    const timer = setTimeout(() => stop.abort(), PATIENCE_MS)
    const begun = Date.now()
    try {
      const body = bytes === undefined ? undefined : new Uint8Array(bytes)
      const answer = await fetch(path, {
        method,
        headers,
        body,
        signal: stop.signal,
        cache: 'no-store',
        credentials: 'omit',
      })
      const offsetCame = answer.headers.has('Upload-Offset') && answer.headers.has('Tus-Resumable')
      const about = { ...NO_ANSWER, status: answer.status, offsetCame }
      // A response to HEAD has no body: its headers, or its status where they are removed, must do.
      if (method === 'HEAD') return { ...about, ours: offsetCame || answer.status === 204 }
      const said = parsed(await answer.text())
      if (said?.doctor !== 1) return about
      facts.skewSeconds = (begun + Date.now()) / 2_000 - said.now / 1_000
      return {
        ...about,
        ours: true,
        whole: said.bytes === bytes,
        sawToken: said.token,
        sawOffset: said.offset,
      }
    } catch {
      return NO_ANSWER
    } finally {
      clearTimeout(timer)
    }
  }

  /** Undefined for what is no JSON, such as a page of something in between. */
  function parsed(text) {
    try {
      return JSON.parse(text)
    } catch {
      return undefined
    }
  }

  const arrived = ({ ours, status }) => ours && status < 400

  async function tryNetwork() {
    const ways = {
      patch: { method: 'PATCH' },
      inHeader: { method: 'POST', override: 'PATCH' },
      oneRequest: { method: 'POST', path: `${PROBES}?doctor` },
    }
    const [first] = SIZES
    facts.head = await probe({ method: 'HEAD' })
    let way = 'patch'
    facts.patch = await probe({ ...ways.patch, bytes: first })
    if (!arrived(facts.head) || !arrived(facts.patch)) {
      way = 'inHeader'
      facts.inHeader = await probe({ ...ways.inHeader, bytes: first })
      if (!arrived(facts.inHeader)) {
        way = 'oneRequest'
        facts.oneRequest = await probe({ ...ways.oneRequest, bytes: first })
      }
    }
    if (!arrived(facts[way])) return
    facts.bodies.push({ bytes: first, probe: facts[way] })
    for (const bytes of SIZES.slice(1)) {
      const larger = await probe({ ...ways[way], bytes })
      facts.bodies.push({ bytes, probe: larger })
      if (!arrived(larger)) return
    }
  }

  function watchChooser() {
    const input = byId('chooser')
    let waiting
    input.addEventListener('click', () => {
      clearTimeout(waiting)
      // An open chooser takes the focus away. One that never opened leaves it here.
      waiting = setTimeout(() => {
        if (!document.hasFocus() || document.hidden || facts.chooser === 'opened') return
        facts.chooser = 'silent'
        show()
      }, 4_000)
    })
    window.addEventListener('blur', () => clearTimeout(waiting))
    input.addEventListener('cancel', () => {
      clearTimeout(waiting)
      facts.chooser = 'opened'
      show()
    })
    input.addEventListener('change', async () => {
      clearTimeout(waiting)
      const [file] = input.files
      if (!file) return
      facts.chooser = 'opened'
      facts.file = (await readsWhole(file)) ? 'read' : 'unreadable'
      input.value = ''
      show()
    })
  }

  /** Its first and its last bytes: a file that is still in a cloud fails at one of them. */
  async function readsWhole(file) {
    try {
      for (const part of [file.slice(0, 65_536), file.slice(-65_536)]) {
        if ((await part.arrayBuffer()).byteLength !== Math.min(file.size, 65_536)) return false
      }
      return file.size > 0
    } catch {
      return false
    }
  }

  /** "512 KiB" keeps its order between words from right to left. */
  const isolated = (text) => (document.documentElement.dir === 'rtl' ? `\u2068${text}\u2069` : text)

  function show() {
    const lists = { fails: byId('to-change'), falls_back: byId('to-change') }
    const rest = byId('findings')
    const findings = findingsOf(facts)
    const counts = { fails: 0, falls_back: 0, untried: 0, works: 0 }
    const shown = findings.map(({ check, finding, figure }) => {
      const item = document.querySelector(`[data-check="${check}"]`)
      for (const one of item.querySelectorAll('[data-finding]')) {
        const fits = one.dataset.finding === finding
        one.hidden = !fits
        if (!fits) continue
        const words = one.querySelector('[data-words]')
        if (figure !== null)
          words.textContent = words.textContent.replace('{figure}', isolated(sayFigure(check, figure, WORDS)))
        item.dataset.now = one.dataset.level
      }
      item.hidden = false
      counts[item.dataset.now] += 1
      return item
    })
    for (const level of LEVELS) {
      const list = lists[level] ?? rest
      list.append(...shown.filter((item) => item.dataset.now === level))
    }
    byId('summary').textContent = sayAll(counts)
    byId('keep').disabled = !tried || facts.boxed
  }

  function sayAll({ fails, falls_back: fallbacks }) {
    if (!tried) return WORDS.trying
    const { summary } = WORDS
    const say = (forms, count) =>
      (forms[new Intl.PluralRules(WORDS.locale).select(count)] ?? forms.other).replace('{n}', String(count))
    if (fails > 0) return say(summary.fails, fails)
    if (fallbacks > 0) return say(summary.fallsBack, fallbacks)
    return summary.works
  }

  async function keep() {
    const button = byId('keep')
    button.disabled = true
    byId('not-kept').hidden = true
    try {
      const report = { browser: browserOfAgent(navigator.userAgent), findings: findingsOf(facts) }
      const answer = await fetch('/api/doctor', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(report),
        credentials: 'omit',
      })
      const { code } = await answer.json()
      if (!answer.ok || !code) throw new Error('refused')
      byId('code').textContent = `${code.slice(0, 4)}-${code.slice(4)}`
      byId('code').hidden = false
    } catch {
      byId('not-kept').hidden = false
    }
    button.disabled = false
  }

  async function run() {
    byId('not-started').hidden = true
    byId('started').hidden = false
    watchChooser()
    byId('keep').addEventListener('click', keep)
    if (!facts.boxed) {
      const host = tryHost()
      const screen = tryScreen()
      facts.worker = await tryWorker()
      await tryNetwork()
      facts.host = await host
      facts.screen = await screen
    }
    tried = true
    show()
  }

  void run()
})()
