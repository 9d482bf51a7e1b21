import { type RefObject, useEffect, useRef } from 'react'

/**
 * Files dropped beside the page's own area, or pasted anywhere, are taken too; and no drop whatsoever makes the
 * browser leave the page to show the file. While the area is not enabled it takes none, so that all of them are strays.
 */
export function useStrayFiles(
  area: RefObject<HTMLElement | null>,
  enabled: boolean,
  onFiles: (files: File[]) => void,
): void {
  const latest = useRef(onFiles)
  useEffect(() => {
    latest.current = onFiles
  })
  useEffect(() => {
    const keepPage = (event: DragEvent) => event.preventDefault()
    const dropped = (event: DragEvent) => {
      event.preventDefault()
      const inside = event.target instanceof Node && area.current?.contains(event.target)
      if (!(inside && enabled) && event.dataTransfer) latest.current([...event.dataTransfer.files])
    }
    const pasted = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length > 0) latest.current(files)
    }
    window.addEventListener('dragover', keepPage)
    window.addEventListener('drop', dropped)
    window.addEventListener('paste', pasted)
    return () => {
      window.removeEventListener('dragover', keepPage)
      window.removeEventListener('drop', dropped)
      window.removeEventListener('paste', pasted)
    }
  }, [area, enabled])
}
