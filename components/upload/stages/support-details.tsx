'use client'

import { Button } from '#components/ui/button.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import type { StageProps } from '../view-props.ts'
import { Phrase } from '../words/phrase.tsx'
import styles from './stages.module.css'
import { useCopy } from './use-copy.ts'

/** What support staff need to know: codes and the reference, nothing from the file. */
export function SupportDetails({ stage, model, words, values }: StageProps<'rejected'>) {
  const code = stage.detail ? `${stage.reason} · ${stage.detail}` : stage.reason
  const reference = model.session?.sampleId
  const { copied, copy } = useCopy([code, reference].filter(Boolean).join('\n'))
  const text = words.rejected
  return (
    <Disclosure title={text.details}>
      <p>
        <code>{code}</code>
      </p>
      {reference && (
        <p>
          <span>{`${text.reference}: `}</span>
          <code className={styles.reference}>{reference}</code>
        </p>
      )}
      <Button kind="secondary" onClick={copy}>
        {text.copy}
      </Button>
      <div role="status">
        {copied === 'yes' && (
          <p>
            <Phrase text={text.copied} values={values} />
          </p>
        )}
      </div>
    </Disclosure>
  )
}
