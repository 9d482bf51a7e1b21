import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { StageProps } from '../view-props.ts'
import { explainTrouble } from '../words/explain-trouble.ts'
import { Phrase } from '../words/phrase.tsx'
import styles from './stages.module.css'

/** Nothing has arrived for a while: what is in the way, what helps, and what to tell whoever can help. */
export function TroubleNotice({
  stage,
  model,
  words,
  values,
  controls,
}: Pick<StageProps<'uploading'>, 'stage' | 'model' | 'words' | 'values' | 'controls'>) {
  const cause = stage.trouble?.cause ?? 'no_answer'
  const { what, mend } = explainTrouble(words, cause)
  const supportUrl = model.session?.partner.supportUrl
  const codes = [cause, stage.trouble?.requestId].filter(Boolean).join(' · ')
  return (
    <Notice tone={stage.line === 'blocked' ? 'attention' : 'calm'}>
      <p className={styles.what}>{what}</p>
      {mend && <p>{mend}</p>}
      <p className={styles.quiet}>
        <span>{words.network.request}:</span> <code className={styles.reference}>{codes}</code>
      </p>
      <Button kind="secondary" onClick={controls.tryAgain}>
        {words.unreachable.again}
      </Button>
      {supportUrl && (
        <p>
          <a href={supportUrl} target="_blank" rel="noreferrer">
            <Phrase text={words.trust.support} values={values} />
          </a>
        </p>
      )}
    </Notice>
  )
}
