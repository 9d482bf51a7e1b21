'use client'

import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { useDropzone } from 'react-dropzone'
import { Icon } from '#components/ui/icon.tsx'
import { takeEarlyFiles } from '../start/start-script.ts'
import type { Words } from '../words/words.ts'
import { CHOOSER_ID } from './choose-early.tsx'
import styles from './file-picker.module.css'
import { SILENT_PICKER, silentPickerWatch } from './silent-picker-watch.ts'
import { useStrayFiles } from './use-stray-files.ts'

/** Broad on purpose: a provider that calls a zip "octet-stream" would grey it out otherwise. The bytes decide later. */
const ACCEPT = { 'application/zip': ['.zip'], 'application/octet-stream': ['.zip'] }

export interface FilePicker {
  open(): void
  anyType: boolean
  allowAnyType(): void
  /** The chooser was requested and apparently never opened. */
  silent: boolean
}

const PickerContext = createContext<FilePicker>({
  open: () => undefined,
  anyType: false,
  allowAnyType: () => undefined,
  silent: false,
})

export const usePicker = (): FilePicker => useContext(PickerContext)

interface Props {
  /** False while a file is being processed: drops are then ignored, and never opened by the browser. */
  enabled: boolean
  /** True until the page knows its session: files dropped before that wait. */
  opening: boolean
  words: Words
  onFiles(files: File[]): void
  children: ReactNode
}

/**
 * Takes files by button, by drop anywhere on the page, and by paste. Never checks them: everything is passed on,
 * including the wrong type or several at once, so that the page can explain what is wrong.
 */
export function FilePickerArea({ enabled, opening, words, onFiles, children }: Props) {
  const [anyType, setAnyType] = useState(false)
  const [silent, setSilent] = useState(false)
  // In some WebViews an input stops working after its first chooser, so each attempt gets a new one.
  const [attempt, setAttempt] = useState(0)
  const watch = useRef(
    silentPickerWatch(() => {
      setSilent(true)
      window.dispatchEvent(new Event(SILENT_PICKER))
    }),
  )

  const waiting = useRef<File[]>([])
  useEffect(() => {
    waiting.current = takeEarlyFiles()
  }, [])
  useEffect(() => {
    const files = waiting.current
    if (!enabled || files.length === 0) return
    waiting.current = []
    onFiles(files)
  }, [enabled, onFiles])

  const take = (files: File[]) => {
    if (opening && files.length > 0) waiting.current = files
    watch.current.answered()
    setSilent(false)
    setAttempt((count) => count + 1)
    if (enabled && files.length > 0) onFiles(files)
  }
  const dropzone = useDropzone({
    ...(anyType ? {} : { accept: ACCEPT }),
    multiple: false,
    noClick: true,
    noKeyboard: true,
    noPaste: true,
    // Not `disabled`: that would mark every control of the page as disabled to a screen reader.
    noDrag: !enabled,
    onDrop: (accepted, rejected) => take([...accepted, ...rejected.map(({ file }) => file)]),
  })
  useStrayFiles(dropzone.rootRef, enabled, take)
  useEffect(() => watch.current.stop, [])

  const { inputRef } = dropzone
  useEffect(() => {
    const canceled = () => watch.current.answered()
    const input = attempt >= 0 ? inputRef.current : null
    input?.addEventListener('cancel', canceled)
    return () => input?.removeEventListener('cancel', canceled)
  }, [attempt, inputRef])

  const picker: FilePicker = {
    open() {
      setSilent(false)
      watch.current.asked()
      dropzone.open()
    },
    anyType,
    allowAnyType: () => setAnyType(true),
    silent,
  }
  return (
    <PickerContext value={picker}>
      <div {...dropzone.getRootProps({ className: styles.area })}>
        {(enabled || opening) && (
          <input
            key={attempt}
            {...dropzone.getInputProps({
              id: CHOOSER_ID,
              style: undefined,
              className: styles.input,
              'aria-label': words.ready.choose,
            })}
          />
        )}
        {children}
        {enabled && dropzone.isDragActive && (
          <div className={styles.overlay}>
            <p className={styles.invitation}>
              <Icon name="file" large />
              {words.ready.dropNow}
            </p>
          </div>
        )}
      </div>
    </PickerContext>
  )
}
