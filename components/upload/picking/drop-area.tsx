import { type RefObject, useEffect } from 'react'
import { useDropzone } from 'react-dropzone'
import { Icon } from '#components/ui/icon.tsx'
import type { Words } from '../words/words.ts'
import { ACCEPT } from './accept.ts'
import styles from './file-picker.module.css'

interface Props {
  /** Where a file may be dropped; stays the same element. */
  area: RefObject<HTMLElement | null>
  /** False while a file is being processed. */
  enabled: boolean
  anyType: boolean
  words: Words
  onFiles(files: File[]): void
}

/**
 * Takes files that are dropped on the area, and covers the page while one is dragged over it. A part of its own, which draws
 * nothing else, so that it can be fetched once the page is ready. Passes everything on: the bytes decide.
 */
export function DropArea({ area, enabled, anyType, words, onFiles }: Props) {
  const { rootRef, getRootProps, isDragActive } = useDropzone({
    ...(anyType ? {} : { accept: ACCEPT }),
    multiple: false,
    noClick: true,
    noKeyboard: true,
    noPaste: true,
    // Not `disabled`: that would mark every control of the page as disabled to a screen reader.
    noDrag: !enabled,
    onDrop: (accepted, rejected) => onFiles([...accepted, ...rejected.map(({ file }) => file)]),
  })
  useEffect(() => {
    const element = area.current
    if (!element) return
    Object.assign(rootRef, { current: element })
    const { onDragEnter, onDragOver, onDragLeave, onDrop } = getRootProps()
    const handlers = { dragenter: onDragEnter, dragover: onDragOver, dragleave: onDragLeave, drop: onDrop }
    // They work with the browser's own events, too.
    const listeners = Object.entries(handlers).filter(([, handler]) => handler) as unknown as [
      string,
      EventListener,
    ][]
    for (const [name, listener] of listeners) element.addEventListener(name, listener)
    return () => {
      for (const [name, listener] of listeners) element.removeEventListener(name, listener)
    }
  }, [area, rootRef, getRootProps])
  if (!enabled || !isDragActive) return null
  return (
    <div className={styles.overlay}>
      <p className={styles.invitation}>
        <Icon name="file" large />
        <span>{words.ready.dropNow}</span>
      </p>
    </div>
  )
}
