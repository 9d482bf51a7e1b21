import { SILENT_PICKER } from '../picking/silent-picker-watch.ts'
import type { VisitModel } from '../visit/visit-model.ts'
import type { Report } from './report-changes.ts'

/** Reports what no stage shows: the Escape key, an external link, a file chooser that never opens. */
export function watchPerson(model: () => VisitModel, onReport: (report: Report) => void): () => void {
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) {
      onReport({ type: 'close_request', data: { via: 'esc' } })
    }
  }
  const clicked = (event: MouseEvent) => {
    const anchor = event.target instanceof Element ? event.target.closest('a') : null
    if (!anchor?.href || anchor.target !== '_blank') return
    const partner = model().session?.partner
    const purpose =
      anchor.href === hrefOf(partner?.privacyUrl)
        ? 'privacy'
        : anchor.href === hrefOf(partner?.supportUrl)
          ? 'support'
          : 'help'
    onReport({ type: 'open_external', data: { url: anchor.href, purpose } })
  }
  const silent = () => onReport({ type: 'picker_unresponsive', data: {} })
  window.addEventListener('keydown', pressed)
  window.addEventListener('click', clicked)
  window.addEventListener(SILENT_PICKER, silent)
  return () => {
    window.removeEventListener('keydown', pressed)
    window.removeEventListener('click', clicked)
    window.removeEventListener(SILENT_PICKER, silent)
  }
}

const hrefOf = (url: string | null | undefined): string | null => (url ? new URL(url).href : null)
