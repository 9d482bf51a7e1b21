import { Notice } from '#components/ui/notice.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import type { StageProps } from '../view-props.ts'
import { ChosenFileLine } from './chosen-file-line.tsx'
import { StageHeading } from './stage-heading.tsx'
import styles from './stages.module.css'

/** The server has every byte and is checking them; nothing can be lost now. */
export function VerifyingStage({ stage, words, amounts }: StageProps<'verifying'>) {
  return (
    <>
      <StageHeading>{words.verifying.heading}</StageHeading>
      {stage.file && <ChosenFileLine file={stage.file} label={words.rejected.file} amounts={amounts} />}
      <ProgressBar label={words.verifying.bar} />
      {stage.line === 'flowing' ? (
        <p className={styles.lead}>{words.verifying.text}</p>
      ) : (
        <Notice tone="calm">
          <p>{words.verifying.stalled}</p>
        </Notice>
      )}
    </>
  )
}
