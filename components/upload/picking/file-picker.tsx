'use client'

import {
  type ComponentProps,
  type ComponentType,
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react'
import { takeEarlyFiles } from '../start/early-visit.ts'
import type { Words } from '../words/words.ts'
import { ACCEPT } from './accept.ts'
import { CHOOSER_ID } from './choose-early.tsx'
import type { DropArea } from './drop-area.tsx'
import styles from './file-picker.module.css'
import { SILENT_PICKER, silentPickerWatch } from './silent-picker-watch.ts'
import { useStrayFiles } from './use-stray-files.ts'

/** The same as the input's attribute. */
const ACCEPTED = [...Object.keys(ACCEPT), '.zip'].join(',')

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
  const area = useRef<HTMLDivElement>(null)
  const Drop = useDropArea(enabled)
  useStrayFiles(area, enabled && Drop !== null, take)
  useEffect(() => watch.current.stop, [])

  const chooser = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const canceled = () => watch.current.answered()
    const input = attempt >= 0 ? chooser.current : null
    input?.addEventListener('cancel', canceled)
    return () => input?.removeEventListener('cancel', canceled)
  }, [attempt])

  const picker: FilePicker = {
    open() {
      setSilent(false)
      watch.current.asked()
      // The same file may be chosen again.
      if (chooser.current) chooser.current.value = ''
      chooser.current?.click()
    },
    anyType,
    allowAnyType: () => setAnyType(true),
    silent,
  }
  return (
    <PickerContext value={picker}>
      <div ref={area} className={styles.area}>
        {(enabled || opening) && (
          <input
            key={attempt}
            ref={chooser}
            id={CHOOSER_ID}
            className={styles.input}
            type="file"
            accept={anyType ? undefined : ACCEPTED}
            aria-label={words.ready.choose}
            onChange={({ target }) => take([...(target.files ?? [])])}
          />
        )}
        {children}
        {Drop && <Drop area={area} enabled={enabled} anyType={anyType} words={words} onFiles={take} />}
      </div>
    </PickerContext>
  )
}

/** Null until it is there. Without it a dropped file is taken all the same, only without the cover. */
function useDropArea(enabled: boolean): ComponentType<ComponentProps<typeof DropArea>> | null {
  const [Drop, setDrop] = useState<typeof DropArea | null>(null)
  useEffect(() => {
    if (!enabled) return
    import('./drop-area.tsx').then(
      (loaded) => setDrop(() => loaded.DropArea),
      () => undefined,
    )
  }, [enabled])
  return Drop
}
