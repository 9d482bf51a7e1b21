// Arraydrop in a partner's page: Arraydrop.open(url, options) and <arraydrop-upload url="…">. How: docs/embedding.md;
// the messages: lib/sessions/embed-messages.ts. Its events are hints; the API and webhooks are authoritative.
;(() => {
  if (window.Arraydrop) return

  const NS = 'arraydrop'
  const VERSION = 1
  /** How long a page may be silent after it was requested or has loaded. */
  const WATCHDOG_MS = 15_000
  /** How long to wait for a page that was asked to end. */
  const PATIENCE_MS = 2_000
  const HEIGHT_MAX = 20_000
  const SANDBOX =
    'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox ' +
    'allow-top-navigation-by-user-activation'
  /** Close the dialog · title of the frame · while it loads · when it does not load · again · in a window of its own */
  const WORDS = {
    en: [
      'Close',
      'DNA file upload',
      'Loading …',
      'The upload page could not be loaded.',
      'Try again',
      'Open in a window',
    ],
    es: [
      'Cerrar',
      'Subir el archivo de ADN',
      'Cargando …',
      'No se ha podido cargar la página.',
      'Intentar de nuevo',
      'Abrir en una ventana',
    ],
    fr: [
      'Fermer',
      'Envoi du fichier ADN',
      'Chargement …',
      'La page d’envoi n’a pas pu être chargée.',
      'Réessayer',
      'Ouvrir dans une fenêtre',
    ],
    de: [
      'Schließen',
      'DNA-Datei hochladen',
      'Wird geladen …',
      'Die Seite zum Hochladen konnte nicht geladen werden.',
      'Noch einmal versuchen',
      'In einem Fenster öffnen',
    ],
    it: [
      'Chiudi',
      'Caricamento del file del DNA',
      'Caricamento …',
      'Non è stato possibile caricare la pagina.',
      'Riprova',
      'Apri in una finestra',
    ],
    pt: [
      'Fechar',
      'Envio do arquivo de DNA',
      'Carregando …',
      'Não foi possível carregar a página.',
      'Tentar novamente',
      'Abrir em uma janela',
    ],
    nl: [
      'Sluiten',
      'DNA-bestand uploaden',
      'Laden …',
      'De uploadpagina kon niet worden geladen.',
      'Opnieuw proberen',
      'Openen in een venster',
    ],
    ja: [
      '閉じる',
      'DNAファイルのアップロード',
      '読み込み中…',
      'アップロードページを読み込めませんでした。',
      'もう一度試す',
      '別のウィンドウで開く',
    ],
    zh: ['关闭', '上传 DNA 文件', '正在加载…', '无法加载上传页面。', '重试', '在新窗口中打开'],
    ar: [
      'إغلاق',
      'رفع ملف الحمض النووي',
      'جارٍ التحميل…',
      'تعذّر تحميل صفحة الرفع.',
      'إعادة المحاولة',
      'الفتح في نافذة',
    ],
  }
  /** What an option may be: a misspelt one would silently mean something else. */
  const CHOICES = {
    mode: ['inline', 'modal', 'popup'],
    redirect: ['host', 'top', 'frame'],
    colorScheme: ['light', 'dark'],
  }
  /** In `history.state` of the entry that a dialog adds: which dialog. */
  const ENTRY = 'arraydropDialog'

  const isLoopback = (host) => /^((.+\.)?localhost|127(\.\d+){3})$/.test(host)

  /** Returns the URL if it is https, or http on this machine while `beside` is local too; otherwise null. */
  function webAddress(text, beside = text) {
    try {
      const url = new URL(text)
      if (url.protocol === 'https:') return url
      const local = isLoopback(url.hostname) && isLoopback(new URL(beside).hostname)
      return url.protocol === 'http:' && local ? url : null
    } catch {
      return null
    }
  }

  function make(name, attributes, style) {
    const element = document.createElement(name)
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
    element.style.cssText = style
    return element
  }

  /**
   * A frame with a sign of life over it until the page has greeted us, and words over it when it does not load. The
   * browser's own error page says nothing that helps a person.
   */
  function makeStage(url, language, height, again, inWindow) {
    const words = WORDS[language] || WORDS.en
    const box = make('div', {}, 'display:block;position:relative;min-block-size:200px')
    const frame = make(
      'iframe',
      { title: words[1], sandbox: SANDBOX, allow: 'screen-wake-lock', referrerpolicy: 'no-referrer' },
      `display:block;inline-size:100%;border:0`,
    )
    const cover = make(
      'div',
      { role: 'status', dir: language === 'ar' ? 'rtl' : 'ltr', lang: WORDS[language] ? language : 'en' },
      'position:absolute;top:0;right:0;bottom:0;left:0;display:flex;flex-direction:column;align-items:center;' +
        'justify-content:center;gap:16px;padding:24px;text-align:center;font:16px/1.5 system-ui,sans-serif;' +
        'background:Canvas;color:CanvasText',
    )
    box.append(frame, cover)
    const resize = (value) => {
      // The second is ignored by browsers without it.
      frame.style.height = value.replace('dvh', 'vh')
      frame.style.height = value
    }
    resize(height)
    return {
      box,
      frame,
      resize,
      load() {
        cover.textContent = words[2]
        cover.style.display = 'flex'
        // An address with a fragment is not loaded again in the same frame: one that is put in again does load it.
        frame.remove()
        frame.src = url
        box.prepend(frame)
      },
      reveal: () => (cover.style.display = 'none'),
      fail() {
        const text = make('p', {}, 'margin:0')
        text.textContent = words[3]
        const look =
          'font:inherit;min-height:44px;padding:8px 16px;border:1px solid;border-radius:8px;background:none;' +
          'color:inherit;cursor:pointer;text-decoration:none;box-sizing:border-box'
        const retry = make('button', { type: 'button' }, look)
        retry.textContent = words[4]
        retry.addEventListener('click', again)
        const link = make('a', { href: url, target: '_blank', rel: 'noreferrer' }, look)
        link.textContent = words[5]
        link.addEventListener('click', inWindow)
        cover.textContent = ''
        cover.append(text, retry, link)
        cover.style.display = 'flex'
      },
    }
  }

  function inline({ target }, stage) {
    const place = typeof target === 'string' ? document.querySelector(target) : target
    if (!place) throw new TypeError('Arraydrop.open: "target" is not an element.')
    place.append(stage.box)
    return {
      ...stage,
      fit: 'content',
      window: () => stage.frame.contentWindow,
      fitTo: (height) => stage.resize(`${height}px`),
      remove: () => stage.box.remove(),
    }
  }

  function modal(stage, asked, closed, label) {
    const back = document.activeElement
    const root = document.documentElement
    const { overflow } = root.style
    const dialog = make(
      'dialog',
      { 'aria-labelledby': 'arraydrop-frame' },
      'inline-size:min(44rem,100%);max-inline-size:none;max-block-size:none;padding:0;border:0;border-radius:16px;' +
        'overflow:hidden;background:Canvas;color:CanvasText;box-shadow:0 0 0 200vmax rgb(0 0 0/.5)',
    )
    const close = make(
      'button',
      { type: 'button', 'aria-label': label, title: label },
      'display:block;margin-inline-start:auto;inline-size:44px;block-size:44px;border:0;background:none;color:inherit;' +
        'font:24px/1 system-ui;cursor:pointer',
    )
    close.textContent = '×'
    stage.frame.id = 'arraydrop-frame'
    dialog.append(close, stage.box)
    document.body.append(dialog)
    close.addEventListener('click', asked)
    // Escape asks, as the button does.
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault()
      asked()
    })
    dialog.addEventListener('close', () => closed())
    // The page behind stays where it is.
    root.style.overflow = 'hidden'
    if (dialog.showModal) dialog.showModal()
    else {
      // Firefox before 98 has no dialogs.
      dialog.setAttribute('role', 'dialog')
      dialog.setAttribute('aria-modal', 'true')
      dialog.style.cssText +=
        ';display:block;position:fixed;top:16px;left:0;right:0;margin:0 auto;z-index:2147483647'
      dialog.addEventListener('keydown', ({ key }) => key === 'Escape' && asked())
      close.focus()
    }
    return {
      ...stage,
      fit: 'fill',
      window: () => stage.frame.contentWindow,
      // One height from the start: a dialog that jumps moves its buttons away from the finger.
      fitTo() {},
      release: ownHistoryEntry(asked),
      remove() {
        if (!dialog.isConnected) return
        dialog.close?.()
        dialog.remove()
        root.style.overflow = overflow
        back?.focus?.()
      },
    }
  }

  /**
   * Adds a history entry, so that Back asks to close the dialog and does not leave the partner's page. Returns what takes
   * it away, unless it `stays` or another lies on it, and calls `then` once it is gone: going back ends later, and would
   * undo what a router adds meanwhile.
   */
  function ownHistoryEntry(asked) {
    const mark = Math.random()
    const isOurs = () => history.state?.[ENTRY] === mark
    const add = () => history.pushState({ ...history.state, [ENTRY]: mark }, '')
    let released = false
    const went = () => {
      if (isOurs()) return
      asked()
      // The page may ask the person first, and Back must not leave meanwhile.
      if (!released) add()
    }
    try {
      add()
    } catch {
      // A sandboxed document has no history of its own.
      return (then) => then()
    }
    addEventListener('popstate', went)
    return (then, stays) => {
      const goes = !released && !stays && isOurs()
      released = true
      removeEventListener('popstate', went)
      if (!goes) return then()
      const gone = () => {
        clearTimeout(timer)
        removeEventListener('popstate', gone)
        then()
      }
      const timer = setTimeout(gone, PATIENCE_MS)
      addEventListener('popstate', gone)
      history.back()
    }
  }

  function popup(url, closed) {
    const opened = window.open('about:blank', '_blank', 'popup,width=560,height=780')
    if (!opened) return null
    const timer = setInterval(() => opened.closed && closed(), 300)
    return {
      fit: 'fill',
      window: () => opened,
      load: () => opened.location.replace(url),
      reveal() {},
      fitTo() {},
      remove() {
        clearInterval(timer)
        opened.close()
      },
    }
  }

  /**
   * Shows the upload page behind `link` and reports what happens there. `onExit` is called exactly once, whatever
   * happens. If the browser blocks the window of `mode: 'popup'`, a dialog takes its place.
   */
  function open(link, options = {}) {
    const url = webAddress(link)
    if (!url) throw new TypeError('Arraydrop.open: the url is not https.')
    for (const [name, choices] of Object.entries(CHOICES)) {
      const given = options[name] || null
      if (given === null || choices.includes(given)) continue
      throw new TypeError(
        `Arraydrop.open: "${name}" must be ${choices.join(', ')}, not ${JSON.stringify(given)}.`,
      )
    }
    const { redirect = 'host', locale, colorScheme } = options
    const language = (locale || document.documentElement.lang || navigator.language)
      .split('-')[0]
      .toLowerCase()
    const mode = options.mode || 'inline'
    let port = null
    let over = false
    let onward = null
    let failed = false
    let greetedOnce = false
    let watchdog

    const stageOf = (height) => makeStage(url.href, language, height, load, elsewhere)
    const shell =
      mode === 'inline'
        ? inline(options, stageOf('480px'))
        : (mode === 'popup' && popup(url.href, gone)) ||
          modal(stageOf('min(760px, 100dvh - 96px)'), close, gone, (WORDS[language] || WORDS.en)[0])

    /** Errors in a partner's callback are reported and do not interrupt the upload. */
    function tell(callback, given) {
      try {
        callback?.(given)
      } catch (error) {
        setTimeout(() => {
          throw error
        })
      }
    }

    function expectSign(milliseconds, then) {
      clearTimeout(watchdog)
      watchdog = setTimeout(then, milliseconds)
    }

    /** Requests the page, also after a failure. A window shows the person by itself what happens in it. */
    function load() {
      failed = false
      shell.load()
      if (shell.frame) expectSign(WATCHDOG_MS, fail)
    }

    /** The page is not there: the person can try again, and the partner's page hears of it as an event. */
    function fail() {
      if (over) return
      failed = true
      port?.close()
      port = null
      shell.fail()
      const data = { reason: 'network_error', retryable: true }
      const at = new Date().toISOString()
      tell(options.onEvent, {
        ns: NS,
        v: VERSION,
        type: 'error',
        id: null,
        seq: 0,
        sample_id: null,
        at,
        data,
      })
    }

    /** The person opened the link in a window that this page cannot hear. */
    function elsewhere() {
      // After the click has opened it.
      setTimeout(() => finish({ status: 'unknown' }, true))
    }

    /** `atOnce`: what the dialog added to the history stays there. */
    function finish(end, asked, atOnce) {
      const first = !over
      const remove = asked || (onward && mode === 'popup')
      over = true
      clearTimeout(watchdog)
      removeEventListener('message', greeted)
      port?.close()
      const last = () => {
        if (first) {
          tell(options.onExit, { reason: null, last_state: null, sample_id: null, ...end })
          if (onward) location.assign(onward)
        }
        if (remove) shell.remove()
      }
      if (remove && shell.release) shell.release(last, atOnce || onward)
      else last()
    }

    function send(type, more) {
      port?.postMessage({ ns: NS, v: VERSION, type, ...more })
    }

    /** Handles `hello`, and replies only to our own window at the link's origin. */
    function greeted({ source, origin, data }) {
      if (!source || source !== shell.window() || origin !== url.origin) return
      const known = data && data.ns === NS && data.type === 'hello' && Array.isArray(data.v)
      if (!known || !data.v.includes(VERSION) || typeof data.nonce !== 'string') return
      clearTimeout(watchdog)
      failed = false
      greetedOnce = true
      shell.reveal()
      // A reloaded page sends `hello` again; the old page's messages no longer count.
      port?.close()
      const channel = new MessageChannel()
      port = channel.port1
      port.onmessage = ({ data: message }) => heard(message)
      const wishes = { fit: shell.fit, redirect, locale, color_scheme: colorScheme }
      const init = { ns: NS, v: VERSION, type: 'init', nonce: data.nonce, ...wishes }
      source.postMessage(init, url.origin, [channel.port2])
    }

    function heard(message) {
      if (over || !message || message.ns !== NS || message.v !== VERSION) return
      const { type, data } = message
      if (!/^[a-z_.]{1,40}$/.test(type) || !data || typeof data !== 'object') return
      clearTimeout(watchdog)
      if (type === 'pong') return
      if (data.height > 0 && data.height < HEIGHT_MAX) shell.fitTo(Math.ceil(data.height))
      tell(options.onEvent, message)
      if (type === 'ready') {
        if (shell.frame) shell.frame.title = data.title
        if (mode !== 'inline') shell.frame?.focus()
        tell(options.onReady, data)
      }
      if (type === 'upload.received') tell(options.onReceived, data)
      if (type === 'redirect_request') goOnward(data)
      if (type === 'close_request' && mode !== 'inline') close()
      // Keep showing a page with a result; remove one that was left.
      if (type === 'exit') finish(data, data.status === 'left' && mode !== 'inline')
    }

    /** Redirects after the page's last event, unless `onRedirect` returns false. */
    function goOnward({ url: wanted, kind }) {
      const address = webAddress(wanted, url.href)
      if (address) {
        let stays = false
        tell((given) => (stays = options.onRedirect?.(given) === false), { url: address.href, kind })
        if (!stays) onward = address.href
        expectSign(PATIENCE_MS, () => finish({ status: kind === 'success' ? 'received' : 'left' }, true))
      }
      send('redirect_ack', { handled: Boolean(address) })
    }

    /** Asks the page to end; while a file is being sent, the page lets the person decide. */
    function close() {
      if (over || !port) return gone()
      send('cancel')
      send('ping')
      expectSign(PATIENCE_MS, gone)
    }

    /**
     * The page was taken away. A window that looks closed and never greeted may be open all the same: with
     * `Cross-Origin-Opener-Policy: same-origin` on the partner's page, the browser cuts the two apart.
     */
    function gone(atOnce) {
      const silent = mode === 'popup' && !shell.frame && !greetedOnce
      let end = { status: 'left', reason: 'user_canceled' }
      if (silent) end = { status: 'unknown' }
      if (failed) end = { status: 'failed', reason: 'network_error' }
      finish(end, true, atOnce)
    }

    addEventListener('message', greeted)
    // A page that was reloaded or replaced must respond too, and a slow one gets its time from when it has loaded.
    shell.frame?.addEventListener('load', () => {
      if (over || failed) return
      expectSign(WATCHDOG_MS, fail)
      send('ping')
    })
    load()

    return {
      close,
      destroy: () => gone(true),
      focus() {
        shell.window()?.focus()
        send('focus')
      },
      setTheme: (scheme) => send('theme', { color_scheme: scheme }),
      setLocale: (tag) => send('locale', { locale: tag }),
    }
  }

  /** Inline, by attributes and CustomEvents. */
  class ArraydropUpload extends HTMLElement {
    static observedAttributes = ['url']
    #upload
    #url

    attributeChangedCallback() {
      if (this.isConnected) this.connectedCallback()
    }

    /** Moving the element takes it out and puts it in again: only one that stays out ends the visit. */
    disconnectedCallback() {
      setTimeout(() => this.isConnected || this.#end())
    }

    /** For `moveBefore`, which keeps the frame as it is. */
    connectedMoveCallback() {}

    #end() {
      this.#upload?.destroy()
      this.#upload = null
      this.#url = null
    }

    close() {
      this.#upload?.close()
    }

    connectedCallback() {
      const url = this.getAttribute('url')
      if (!url || url === this.#url) return
      this.#end()
      this.#url = url
      if (!this.style.display) this.style.display = 'block'
      const dispatch = (name) => (detail) =>
        this.dispatchEvent(new CustomEvent(`arraydrop-${name}`, { detail, bubbles: true, cancelable: true }))
      this.#upload = open(url, {
        target: this,
        locale: this.getAttribute('locale'),
        colorScheme: this.getAttribute('color-scheme'),
        redirect: this.getAttribute('redirect') ?? 'host',
        onReady: dispatch('ready'),
        onEvent: dispatch('event'),
        onReceived: dispatch('received'),
        onExit: dispatch('exit'),
        onRedirect: dispatch('redirect'),
      })
    }
  }

  window.Arraydrop = Object.freeze({ open })
  // The script may run again on a page that removed the global.
  if (!customElements.get('arraydrop-upload')) customElements.define('arraydrop-upload', ArraydropUpload)
})()
