import { Notice } from '#components/ui/notice.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import type { StageProps } from '../view-props.ts'
import { explainSilence } from '../words/explain-trouble.ts'
import { ChosenFileLine } from './chosen-file-line.tsx'
import { StageHeading } from './stage-heading.tsx'
import styles from './stages.module.css'
import { TroubleNotice } from './trouble-notice.tsx'

/** The server has every byte and is checking them; nothing can be lost now. */
export function VerifyingStage(props: StageProps<'verifying'>) {
  const { stage, words, amounts } = props
  return (
    <>
      <StageHeading>{words.verifying.heading}</StageHeading>
      {stage.file && <ChosenFileLine file={stage.file} label={words.rejected.file} amounts={amounts} />}
      <ProgressBar label={words.verifying.bar} />
      <LineNotice {...props} />
    </>
  )
}

function LineNotice({ stage, model, words, values, controls }: StageProps<'verifying'>) {
  const { line, silence } = stage
  if (line === 'flowing') return <p className={styles.lead}>{words.verifying.text}</p>
  if (silence) {
    const explained = explainSilence(words, silence.problem)
    return (
      <TroubleNotice {...{ explained, trouble: silence, blocked: true, model, words, values, controls }}>
        <p>{words.verifying.stalled}</p>
      </TroubleNotice>
    )
  }
  return (
    <Notice tone="calm">
      <p>{words.verifying.stalled}</p>
    </Notice>
  )
}
