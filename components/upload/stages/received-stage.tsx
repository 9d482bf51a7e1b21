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
      <p>
        <Phrase text={text.next} values={values} />
      </p>
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

/**
 * What arrived and when, by the server's clock, and the reference for questions: the same after a reload and in another
 * tab, except that only the page that sent the file knows its name.
 */
function Receipt({ stage, model, words, amounts }: StageProps<'received'>) {
  const { file, vendor } = stage
  const receipt = model.session?.receipt ?? null
  const time = useLocalTime(receipt?.received_at ?? null, words.locale)
  return (
    <dl className={styles.receipt}>
      {file ? (
        <Row label={words.rejected.file}>
          <FileName name={file.name} />
        </Row>
      ) : (
        vendor && <Row label={words.rejected.file}>{nameVendor(vendor)}</Row>
      )}
      {receipt && <Row label={words.received.size}>{amounts.size(receipt.size)}</Row>}
      {receipt && <Row label={words.received.arrived}>{time}</Row>}
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

/** In the person's own time zone. Blank at first, as the server cannot know it. */
function useLocalTime(time: string | null, locale: string): string {
  const [shown, setShown] = useState('\u00a0')
  useEffect(() => {
    const form = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
    if (time) setShown(form.format(new Date(time)))
  }, [time, locale])
  return shown
}
