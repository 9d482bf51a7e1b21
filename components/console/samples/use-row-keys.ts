import { type RefObject, useEffect } from 'react'

/** `j` and `k` go from row to row by their links, which Enter then follows; nothing while somebody is writing. */
export function useRowKeys(body: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const move = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return
      const step = { j: 1, k: -1 }[event.key]
      if (step === undefined) return
      const links = [...(body.current?.querySelectorAll<HTMLElement>('tr a') ?? [])]
      const at = links.indexOf(document.activeElement as HTMLElement)
      links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus()
    }
    document.addEventListener('keydown', move)
    return () => document.removeEventListener('keydown', move)
  }, [body])
}

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, select, [contenteditable], [role=dialog]') !== null
