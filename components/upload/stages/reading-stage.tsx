import { Button } from '#components/ui/button.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import type { StageProps } from '../view-props.ts'
import { Phrase } from '../words/phrase.tsx'
import { ChosenFileLine } from './chosen-file-line.tsx'
import { StageHeading } from './stage-heading.tsx'
import styles from './stages.module.css'

/** The file is read and checked on the device. A file in a cloud takes longer, which is explained after some seconds. */
export function ReadingStage({ stage, words, amounts, values, controls }: StageProps<'reading' | 'checked'>) {
  const text = stage.name === 'reading' ? words.reading : words.checked
  return (
    <>
      <StageHeading {...(stage.name === 'checked' ? { icon: 'check' as const, mood: 'good' as const } : {})}>
        <Phrase text={text.heading} values={values} />
      </StageHeading>
      <ChosenFileLine file={stage.file} label={words.rejected.file} amounts={amounts} />
      <ProgressBar label={words.busy} />
      <p className={styles.lead}>{text.text}</p>
      <Button kind="secondary" onClick={controls.cancel}>
        {words.reading.cancel}
      </Button>
      {stage.name === 'reading' && <p className={styles.later}>{words.reading.slow}</p>}
    </>
  )
}
