'use client'

import { useEffect, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import type { StageProps, ViewProps } from '../view-props.ts'
import { willNotFit } from '../visit/visit-model.ts'
import { roundUpSeconds } from '../words/amounts.ts'
import { explainTrouble } from '../words/explain-trouble.ts'
import { Phrase } from '../words/phrase.tsx'
import { formFor } from '../words/plural.ts'
import { ChosenFileLine } from './chosen-file-line.tsx'
import { StageHeading } from './stage-heading.tsx'
import styles from './stages.module.css'
import { TroubleNotice } from './trouble-notice.tsx'

/** Progress of the transfer: what has arrived, how long it takes, and any connection problem. */
export function UploadingStage({ stage, model, words, amounts, values, controls }: StageProps<'uploading'>) {
  const text = words.uploading
  const amount = { sent: amounts.size(stage.acknowledged), total: amounts.size(stage.file.size) }
  return (
    <>
      <StageHeading>
        <Phrase text={text.heading} values={values} />
      </StageHeading>
      <ChosenFileLine file={stage.file} label={words.rejected.file} amounts={amounts} />
      <div className={styles.progress}>
        <ProgressBar
          label={text.bar}
          value={stage.acknowledged}
          underWay={stage.underWay}
          max={stage.file.size}
          valueText={amounts.share(stage.acknowledged, stage.file.size)}
          paused={stage.line !== 'flowing'}
        />
        <p className={styles.figures}>
          <span>
            <strong>{amounts.share(stage.acknowledged, stage.file.size)}</strong>
            <span>{' · '}</span>
            <Phrase
              text={formFor(words.locale, text.sent, amounts.sizeNumber(stage.acknowledged))}
              values={amount}
            />
          </span>
          {stage.line === 'flowing' && (
            <span className={styles.quiet}>
              {stage.secondsNeeded === null ? (
                text.estimating
              ) : (
                <TimeNeeded seconds={stage.secondsNeeded} words={words} amounts={amounts} />
              )}
            </span>
          )}
        </p>
      </div>
      <LineNotice {...{ stage, model, words, amounts, values, controls }} />
      <p className={styles.quiet}>{text.keepOpen}</p>
      <StopButton asked={stage.asked} words={words} controls={controls} />
    </>
  )
}

function TimeNeeded({ seconds, words, amounts }: Pick<ViewProps, 'words' | 'amounts'> & { seconds: number }) {
  const forms = words.uploading.remaining
  return (
    <Phrase
      text={formFor(words.locale, forms, amounts.timeNumber(roundUpSeconds(seconds)))}
      values={{ time: amounts.roughTime(seconds) }}
    />
  )
}

/** Asks to confirm before it stops. The focus follows the question. */
function StopButton({ asked, words, controls }: Pick<ViewProps, 'words' | 'controls'> & { asked: boolean }) {
  const text = words.uploading
  const place = useRef<HTMLDivElement>(null)
  const before = useRef(asked)
  useEffect(() => {
    if (asked !== before.current) place.current?.querySelector('button')?.focus()
    before.current = asked
  }, [asked])
  return (
    <div ref={place} className={styles.choice}>
      {asked ? (
        <>
          <p className={styles.what} role="alert">
            {text.sure}
          </p>
          <Button onClick={controls.goOn}>{text.sureGoOn}</Button>
          <Button kind="secondary" onClick={controls.cancel}>
            {text.sureStop}
          </Button>
        </>
      ) : (
        <Button kind="quiet" onClick={controls.cancel}>
          {text.cancel}
        </Button>
      )}
    </div>
  )
}

function LineNotice({
  stage,
  model,
  words,
  amounts,
  values,
  controls,
}: Pick<StageProps<'uploading'>, 'stage' | 'model' | 'words' | 'amounts' | 'values' | 'controls'>) {
  if (stage.line === 'offline') {
    return (
      <Notice tone="calm">
        <p>{words.uploading.offline}</p>
      </Notice>
    )
  }
  if (stage.line !== 'flowing') {
    const trouble = stage.trouble ?? { cause: 'no_answer', requestId: null }
    const explained = explainTrouble(words, trouble.cause)
    const blocked = stage.line === 'blocked'
    return <TroubleNotice {...{ explained, trouble, blocked, model, words, values, controls }} />
  }
  if (!willNotFit(model) || stage.secondsNeeded === null || model.secondsLeft === null) return null
  const gaps = {
    needed: amounts.roughTime(stage.secondsNeeded),
    left: amounts.leftTime(model.secondsLeft),
  }
  return (
    <Notice tone="attention">
      <p>
        <Phrase text={words.uploading.willNotFit} values={gaps} />
      </p>
    </Notice>
  )
}
