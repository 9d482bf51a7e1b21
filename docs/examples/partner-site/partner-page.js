// The partner's page: asks its own backend for a link, and lets Arraydrop's script show it.
const place = document.getElementById('place')
const log = document.getElementById('log')
let upload = null

/** A line of the log: who says so, what, and the details. */
function write(source, type, details) {
  const item = document.createElement('li')
  item.dataset.source = source
  const [kind, name, data] = ['span', 'code', 'small'].map((tag) => document.createElement(tag))
  kind.textContent = source
  name.textContent = type
  data.textContent = Object.entries(details ?? {})
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}: ${value}`)
    .join(' · ')
  item.append(kind, name, data)
  log.prepend(item)
}

async function newLink() {
  const response = await fetch('/links', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      back: document.getElementById('back').checked,
      locale: document.getElementById('locale').value,
    }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.detail)
  return answer
}

const callbacks = {
  onEvent: ({ type, data }) => write('page', type, data),
  onReceived: ({ sample_id }) => watch(sample_id),
  onExit: (end) => write('page', 'onExit', end),
}

const ways = {
  inline: (url) => Arraydrop.open(url, { mode: 'inline', target: place, ...wishes(), ...callbacks }),
  modal: (url) => Arraydrop.open(url, { mode: 'modal', ...wishes(), ...callbacks }),
  popup: (url) => Arraydrop.open(url, { mode: 'popup', ...wishes(), ...callbacks }),
  redirect: (url) => location.assign(url),
  element(url) {
    const element = document.createElement('arraydrop-upload')
    element.setAttribute('url', url)
    const { locale, colorScheme } = wishes()
    if (locale) element.setAttribute('locale', locale)
    if (colorScheme) element.setAttribute('color-scheme', colorScheme)
    element.addEventListener('arraydrop-event', ({ detail }) => callbacks.onEvent(detail))
    element.addEventListener('arraydrop-received', ({ detail }) => callbacks.onReceived(detail))
    element.addEventListener('arraydrop-exit', ({ detail }) => callbacks.onExit(detail))
    place.append(element)
    return { destroy: () => element.remove() }
  },
}

const wishes = () => ({
  locale: document.getElementById('locale').value || undefined,
  colorScheme: document.getElementById('scheme').value || undefined,
})

for (const button of document.querySelectorAll('[data-way]')) {
  button.addEventListener('click', async () => {
    upload?.destroy()
    place.replaceChildren()
    upload = null
    try {
      const { url } = await newLink()
      upload = ways[button.dataset.way](url)
    } catch (error) {
      write('backend', 'no link', { detail: error.message })
    }
  })
}

/** What the backend learns without webhooks: it asks. */
function watch(sample) {
  let last = null
  const timer = setInterval(async () => {
    const { status } = await (await fetch(`/status?sample=${encodeURIComponent(sample)}`)).json()
    if (status !== last) write('backend', status, { sample })
    last = status
    if (['succeeded', 'failed', 'failed qc'].includes(status)) clearInterval(timer)
  }, 1_000)
}

new EventSource('/events').addEventListener('message', ({ data }) => {
  const { type, ...details } = JSON.parse(data)
  write('webhook', type, details)
})
