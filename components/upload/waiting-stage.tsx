import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { StageHeading } from './stage-heading.tsx'
import styles from './stages.module.css'
import type { StageProps } from './view-props.ts'
import { Phrase } from './words/phrase.tsx'

/** Nothing to do but wait a moment: the page is being opened, or is being left. */
export function WaitingStage({ stage, words, values }: StageProps<'loading' | 'leaving'>) {
  const text = stage.name === 'loading' ? words.loading : words.leaving
  return (
    <div className={styles.centered}>
      <StageHeading>
        <Phrase text={text} values={values} />
      </StageHeading>
      <ProgressBar label={words.verifying.bar} />
    </div>
  )
}
