import { hasEnded, wordsOf } from './problem-words.ts'
import { showNotice } from './show-notice.ts'

interface Notice {
  title: string
  /** Without it, what went wrong and what to do next. */
  message?: string
}

/** Says in a notice what failed, until it is closed: it may be said nowhere else. Of an ended session it says nothing: signing in again comes over the page and does. */
export function tellFailure(error: Error, notice: Notice): void {
  if (!hasEnded(error)) showNotice({ message: wordsOf(error), color: 'red', autoClose: false, ...notice })
}
