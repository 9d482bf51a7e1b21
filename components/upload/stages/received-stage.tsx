'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { ActionLink } from '#components/ui/action-link.tsx'
import { nameVendor } from '#lib/genotype/vendors.ts'
import type { StageProps } from '../view-props.ts'
import { Phrase } from '../words/phrase.tsx'
import { FileName } from './file-name.tsx'
import { Reference } from './reference.tsx'
import { StageHeading } from './stage-heading.tsx'
import styles from './stages.module.css'

/** The file was received: what happens next, the way on, and a receipt. */
export function ReceivedStage(props: StageProps<'received'>) {
  const { stage, model, words, values } = props
  const text = words.received
  const onward = model.session?.redirectTo ?? null
  return (
    <>
      <StageHeading icon="check" mood="good">
        <Phrase text={text.heading} values={values} />
      </StageHeading>
      <p className={styles.lead}>
        <Phrase text={stage.before || !stage.vendor ? text.before : text.text} values={values} />
      </p>
      {!stage.before && (
        <p>
          <Phrase text={text.next} values={values} />
        </p>
      )}
      <Receipt {...props} />
      {model.redirect && (
        <p className={styles.quiet}>
          <Phrase text={text.onward} values={values} />
        </p>
      )}
      {onward ? (
        <div className={styles.choice}>
          <ActionLink href={onward}>
            <Phrase text={text.continue} values={values} />
          </ActionLink>
        </div>
      ) : (
        <p>{text.close}</p>
      )}
    </>
  )
}

/** What arrived and when, as far as this page knows, and the reference for questions. */
function Receipt({ stage, model, words, amounts }: StageProps<'received'>) {
  const { file, vendor, before } = stage
  const time = useArrivalTime(words.locale)
  return (
    <dl className={styles.receipt}>
      {file ? (
        <>
          <Row label={words.rejected.file}>
            <FileName name={file.name} />
          </Row>
          <Row label={words.received.size}>{amounts.size(file.size)}</Row>
        </>
      ) : (
        vendor && <Row label={words.rejected.file}>{nameVendor(vendor)}</Row>
      )}
      {!before && <Row label={words.received.arrived}>{time}</Row>}
      {model.session && (
        <Row label={words.rejected.reference}>
          <Reference id={model.session.sampleId} words={words} />
        </Row>
      )}
    </dl>
  )
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** By the person's own clock, since the receipt is theirs. Blank at first, as the server cannot know their time zone. */
function useArrivalTime(locale: string): string {
  const [at, setAt] = useState<Date | null>(null)
  useEffect(() => setAt(new Date()), [])
  if (!at) return '\u00a0'
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at)
}
