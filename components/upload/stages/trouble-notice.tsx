import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { Trouble } from '../sending/send-file.ts'
import type { ViewProps } from '../view-props.ts'
import { Phrase } from '../words/phrase.tsx'
import type { Explained } from '../words/words.ts'
import { HelpLink } from './help-link.tsx'
import styles from './stages.module.css'

/** Nothing has arrived for a while: what is in the way, what helps, and what to tell whoever can help. */
export function TroubleNotice({
  explained: { what, mend },
  trouble,
  blocked,
  children,
  model,
  words,
  values,
  controls,
}: Pick<ViewProps, 'model' | 'words' | 'values' | 'controls'> & {
  explained: Explained
  trouble: Trouble
  /** Something in between refuses, which the person can do something about. */
  blocked: boolean
  /** What is said before. */
  children?: ReactNode
}) {
  const codes = [trouble.cause, trouble.requestId].filter(Boolean).join(' · ')
  return (
    <Notice tone={blocked ? 'attention' : 'calm'}>
      {children}
      <p className={styles.what}>{what}</p>
      {mend && (
        <p>
          <Phrase text={mend} values={values} />
        </p>
      )}
      <p className={styles.quiet}>
        <span>{words.network.request}:</span> <code className={styles.reference}>{codes}</code>
      </p>
      <Button kind="secondary" onClick={controls.tryAgain}>
        {words.unreachable.again}
      </Button>
      <HelpLink model={model} words={words} values={values} />
    </Notice>
  )
}
