import { ProgressBar } from '#components/ui/progress-bar.tsx'
import type { StageProps } from '../view-props.ts'
import { Phrase } from '../words/phrase.tsx'
import { Requirements } from './requirements.tsx'
import { StageHeading } from './stage-heading.tsx'
import styles from './stages.module.css'

/** The page is opening, and meanwhile shows what to have ready, or it is being left. */
export function WaitingStage(props: StageProps<'loading' | 'leaving'>) {
  const { stage, words, values } = props
  const opening = stage.name === 'loading'
  return (
    <div className={styles.waiting}>
      <StageHeading>
        <Phrase text={opening ? words.loading : words.leaving} values={values} />
      </StageHeading>
      <ProgressBar label={words.busy} />
      {opening && <Requirements {...props} />}
    </div>
  )
}
