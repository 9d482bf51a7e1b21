import button from '#components/ui/button.module.css'
import type { Words } from '../words/words.ts'

/** Of the page's file input, which is in the document from the first byte on. */
export const CHOOSER_ID = 'chooser'

/**
 * Opens the chooser before any script has loaded: a label needs none. The first script keeps the choice, and the page
 * takes it once it knows its session.
 */
export function ChooseEarly({ words }: { words: Words }) {
  return (
    <label className={`${button.button} ${button.primary}`} htmlFor={CHOOSER_ID}>
      <span>{words.ready.choose}</span>
    </label>
  )
}
