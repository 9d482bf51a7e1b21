import { createSpotlight } from '@mantine/spotlight'

const [store, commands] = createSpotlight()

/** The state of the palette, and what opens and closes it. */
export const palette = { store, ...commands }

/** Select the first entry, so that Enter opens it, unless the person has gone further down the list. */
export function selectFirstEntry(): void {
  const { listId, selected } = store.getState()
  const list = document.getElementById(listId)
  const before = list?.querySelector('[data-selected]')
  if (before && selected > 0) return
  before?.removeAttribute('data-selected')
  list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
  store.updateState((state) => ({ ...state, selected: 0 }))
}
