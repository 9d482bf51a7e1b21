// Arraydrop in a partner's page: Arraydrop.open(url, options) and <arraydrop-upload url="…">. How: docs/embedding.md;
// the messages: lib/sessions/embed-messages.ts. Its events are hints; the API and webhooks are authoritative.
;(() => {
  if (window.Arraydrop) return

  const NS = 'arraydrop'
  const VERSION = 1
  /** The page could not be loaded. */
  const WATCHDOG_MS = 15_000
  /** How long to wait for a page that was asked to end. */
  const PATIENCE_MS = 2_000
  const HEIGHT_MAX = 20_000
  const SANDBOX =
    'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox ' +
    'allow-top-navigation-by-user-activation'
  const CLOSE = {
    es: 'Cerrar',
    fr: 'Fermer',
    de: 'Schließen',
    it: 'Chiudi',
    pt: 'Fechar',
    nl: 'Sluiten',
    ja: '閉じる',
    zh: '关闭',
    ar: 'إغلاق',
  }

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

  const makeFrame = (blockSize) =>
    make(
      'iframe',
      { title: 'Arraydrop', sandbox: SANDBOX, allow: 'screen-wake-lock', referrerpolicy: 'no-referrer' },
      `display:block;inline-size:100%;border:0;block-size:${blockSize}`,
    )

  function inline({ target }) {
    const place = typeof target === 'string' ? document.querySelector(target) : target
    if (!place) throw new TypeError('Arraydrop.open: "target" is not an element.')
    const frame = makeFrame('480px')
    place.append(frame)
    return {
      frame,
      fit: 'content',
      window: () => frame.contentWindow,
      resize: (height) => (frame.style.blockSize = `${height}px`),
      remove: () => frame.remove(),
    }
  }

  function modal(asked, closed, label) {
    const back = document.activeElement
    const dialog = make(
      'dialog',
      { 'aria-labelledby': 'arraydrop-frame' },
      'inline-size:min(44rem,100%);max-inline-size:none;max-block-size:none;padding:0;border:0;border-radius:16px;' +
        'overflow:hidden;background:Canvas;color:CanvasText;box-shadow:0 0 0 200vmax rgb(0 0 0/.5)',
    )
    const close = make(
      'button',
      { type: 'button', 'aria-label': label },
      'display:block;margin-inline-start:auto;inline-size:44px;block-size:44px;border:0;background:none;color:inherit;' +
        'font:24px/1 system-ui;cursor:pointer',
    )
    close.textContent = '×'
    const within = (height) => `min(${height}px,100dvh - 96px)`
    const frame = makeFrame(within(640))
    frame.id = 'arraydrop-frame'
    dialog.append(close, frame)
    document.body.append(dialog)
    close.addEventListener('click', asked)
    // Escape asks, as the button does.
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault()
      asked()
    })
    dialog.addEventListener('close', closed)
    dialog.showModal()
    return {
      frame,
      fit: 'fill',
      window: () => frame.contentWindow,
      resize: (height) => (frame.style.blockSize = within(height)),
      remove() {
        if (!dialog.isConnected) return
        dialog.close()
        dialog.remove()
        back?.focus?.()
      },
    }
  }

  function popup(closed) {
    const opened = window.open('about:blank', '_blank', 'popup,width=560,height=780')
    if (!opened) return null
    const timer = setInterval(() => opened.closed && closed(), 300)
    return {
      fit: 'fill',
      window: () => opened,
      show: (url) => opened.location.replace(url),
      resize() {},
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
    const { redirect = 'host', locale, colorScheme } = options
    const language = (locale || document.documentElement.lang || navigator.language)
      .split('-')[0]
      .toLowerCase()
    const mode = options.mode || 'inline'
    let port = null
    let over = false
    let onward = null
    let watchdog

    const shell =
      mode === 'inline'
        ? inline(options)
        : (mode === 'popup' && popup(gone)) || modal(close, gone, CLOSE[language] || 'Close')

    /** Errors in a partner's callback are reported and do not interrupt the upload. */
    function tell(callback, given) {
      try {
        callback?.(given)
      } catch (error) {
        reportError(error)
      }
    }

    function expectSign(milliseconds, status, reason) {
      clearTimeout(watchdog)
      watchdog = setTimeout(() => finish({ status, reason }, true), milliseconds)
    }

    function finish(end, remove) {
      if (!over) {
        over = true
        clearTimeout(watchdog)
        removeEventListener('message', greeted)
        port?.close()
        tell(options.onExit, { reason: null, last_state: null, sample_id: null, ...end })
        if (onward) location.assign(onward)
      }
      if (remove || (onward && mode === 'popup')) shell.remove()
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
      if (data.height > 0 && data.height < HEIGHT_MAX) shell.resize(Math.ceil(data.height))
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
        expectSign(PATIENCE_MS, kind === 'success' ? 'received' : 'left', null)
      }
      send('redirect_ack', { handled: Boolean(address) })
    }

    /** Asks the page to end; while a file is being sent, the page lets the person decide. */
    function close() {
      if (over || !port) return gone()
      send('cancel')
      send('ping')
      expectSign(PATIENCE_MS, 'left', 'user_canceled')
    }

    function gone() {
      finish({ status: 'left', reason: 'user_canceled' }, true)
    }

    addEventListener('message', greeted)
    expectSign(WATCHDOG_MS, 'failed', 'network_error')
    if (shell.frame) {
      shell.frame.src = url.href
      // A page that was reloaded or replaced must respond too.
      shell.frame.addEventListener('load', () => {
        if (over || !port) return
        expectSign(WATCHDOG_MS, 'failed', 'network_error')
        send('ping')
      })
    } else shell.show(url.href)

    return {
      close,
      destroy: gone,
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

    disconnectedCallback() {
      this.#upload?.destroy()
      this.#url = null
    }

    close() {
      this.#upload?.close()
    }

    connectedCallback() {
      const url = this.getAttribute('url')
      if (!url || url === this.#url) return
      this.disconnectedCallback()
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
  customElements.define('arraydrop-upload', ArraydropUpload)
})()
