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
  for (const block of document.querySelectorAll('pre.code')) {
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
  filter.hidden = false
  input.addEventListener('input', () => {
    const wanted = input.value.trim().toLowerCase()
    for (const { item, hidden } of items) {
      const words = `${item.textContent} ${item.dataset.names ?? ''}`.toLowerCase()
      item.hidden = wanted ? !words.includes(wanted) : hidden
    }
    document.querySelector('.none').hidden = items.some(({ item }) => !item.hidden)
  })
})()
