;(() => {
  const KEY = 'arraydrop-docs-language'
  const kept = () => {
    try {
      return localStorage.getItem(KEY)
    } catch {
      return null
    }
  }
  const keep = (language) => {
    try {
      localStorage.setItem(KEY, language)
    } catch {
      /* it is chosen again next time */
    }
  }
  const language = kept()
  for (const one of document.querySelectorAll('details[data-program]')) {
    const first = one.parentElement.querySelector('details[open]')
    if (language && first && one.dataset.program === language) {
      first.open = false
      one.open = true
    }
    one.querySelector('summary').addEventListener('click', () => keep(one.dataset.program))
  }
  // Browsers have no clipboard for plain http but at this machine.
  for (const block of navigator.clipboard ? document.querySelectorAll('pre.code') : []) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'copy'
    button.textContent = 'Copy'
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(block.querySelector('code').textContent)
      button.textContent = 'Copied'
      setTimeout(() => {
        button.textContent = 'Copy'
      }, 2000)
    })
    block.prepend(button)
  }
  const filter = document.querySelector('.filter')
  const input = filter.querySelector('input')
  const items = [...document.querySelectorAll('.contents li')].map((item) => ({ item, hidden: item.hidden }))
  const wordsOf = {}
  const search = () => {
    const wanted = input.value.trim().toLowerCase().split(/\s+/)
    for (const { item, hidden } of items) {
      const page = item.parentElement.matches('.pages') && new URL(item.querySelector('a').href).pathname
      const words = `${item.textContent.toLowerCase()} ${wordsOf[page] ?? ''}`
      item.hidden = input.value.trim() ? !wanted.every((word) => words.includes(word)) : hidden
    }
    document.querySelector('.none').hidden = items.some(({ item }) => !item.hidden)
  }
  filter.hidden = false
  input.addEventListener('input', search)
  input.addEventListener(
    'focus',
    async () => {
      // Without it the search has the titles.
      const answer = await fetch('/docs/search.json').catch(() => null)
      if (answer?.ok) Object.assign(wordsOf, await answer.json())
      search()
    },
    { once: true },
  )
})()
