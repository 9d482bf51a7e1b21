import { type RefObject, useEffect, useRef } from 'react'

/**
 * Also takes files dropped outside the drop area or pasted anywhere, and never lets a drop make the browser leave the
 * page to show the file. While the area is disabled, every drop is handled here.
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
