import plain from '#components/ui/button.module.css'
import { Notice } from '#components/ui/notice.tsx'
import { Phrase } from '../words/phrase.tsx'
import type { Words } from '../words/words.ts'
import { NOTICE_ID } from './early-visit.ts'

/** Hidden until the first script shows it: the page did not start, and what to do. Plain links, because no script runs. */
export function StartNotice({ words, publicUrl }: { words: Words; publicUrl: string }) {
  const { start, picker } = words
  return (
    // The script has changed these attributes by the time the page takes over.
    <div id={NOTICE_ID} role="alert" lang={words.locale} hidden suppressHydrationWarning>
      <Notice tone="attention">
        <p>
          <strong>{start.heading}</strong>
        </p>
        <div data-when="late" suppressHydrationWarning>
          <p>{start.late}</p>
          <p>
            <a className={plain.button} href="./array-data-upload" suppressHydrationWarning>
              {start.reload}
            </a>
          </p>
        </div>
        <div data-when="elsewhere" suppressHydrationWarning>
          <p>
            <Phrase text={start.elsewhere} values={{ address: publicUrl }} />
          </p>
          <p>
            <a className={plain.button} href="./array-data-upload" data-elsewhere="" suppressHydrationWarning>
              <Phrase text={start.open} values={{ address: publicUrl }} />
            </a>
          </p>
        </div>
        <div data-when="boxed" suppressHydrationWarning>
          <p>{start.boxed}</p>
          <p>
            <a
              className={plain.button}
              href="./array-data-upload"
              target="_blank"
              rel="noreferrer"
              suppressHydrationWarning
            >
              {picker.ownWindow}
            </a>
          </p>
        </div>
      </Notice>
    </div>
  )
}
