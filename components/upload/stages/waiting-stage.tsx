import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { ChooseEarly } from '../picking/choose-early.tsx'
import type { StageProps } from '../view-props.ts'
import { Phrase } from '../words/phrase.tsx'
import { Requirements } from './requirements.tsx'
import { StageHeading } from './stage-heading.tsx'
import styles from './stages.module.css'

/** The page is opening, and meanwhile says what to have ready, or it is being left. */
export function WaitingStage(props: StageProps<'loading' | 'leaving'>) {
  const { stage, words, values } = props
  const opening = stage.name === 'loading'
  return (
    <>
      <StageHeading>
        <Phrase text={opening ? words.loading : words.leaving} values={values} />
      </StageHeading>
      {opening && (
        <p className={styles.lead}>
          <Phrase text={words.ready.need} values={values} />
        </p>
      )}
      {opening && <ChooseEarly words={words} />}
      <ProgressBar label={words.busy} />
      {opening && <Requirements {...props} />}
    </>
  )
}
