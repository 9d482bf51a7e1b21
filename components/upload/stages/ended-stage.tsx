import { ActionLink } from '#components/ui/action-link.tsx'
import { Button } from '#components/ui/button.tsx'
import type { StageProps, ViewProps } from '../view-props.ts'
import { Phrase } from '../words/phrase.tsx'
import { StageHeading } from './stage-heading.tsx'
import styles from './stages.module.css'

/** The link no longer works: why, and whom to ask. */
export function EndedStage({ stage, model, words, values }: StageProps<'ended'>) {
  const { heading, what, mend } = words.ended[stage.reason]
  return (
    <>
      <StageHeading icon="clock" mood="attention">
        {heading}
      </StageHeading>
      <p className={styles.lead}>
        <Phrase text={what} values={values} />
      </p>
      <p>
        <Phrase text={mend} values={values} />
      </p>
      {model.redirect && (
        <div className={styles.choice}>
          <ActionLink href={model.redirect}>
            <Phrase text={words.leave.back} values={values} />
          </ActionLink>
        </div>
      )}
    </>
  )
}

/** The person left on purpose; until the window ends they can come back. */
export function LeftStage({ stage, model, words, values, controls }: StageProps<'left'>) {
  return (
    <>
      <StageHeading>{words.left.heading}</StageHeading>
      <p className={styles.lead}>{words.left.text}</p>
      {stage.reason === 'file_not_ready' && (
        <p>
          <Phrase text={words.left.notReady} values={values} />
        </p>
      )}
      {model.redirect && (
        <div className={styles.choice}>
          <ActionLink href={model.redirect}>
            <Phrase text={words.leave.back} values={values} />
          </ActionLink>
        </div>
      )}
      {model.secondsLeft !== 0 && !model.redirect && (
        <div className={styles.choice}>
          <Button kind="secondary" onClick={controls.askAgain}>
            {words.left.goOn}
          </Button>
        </div>
      )}
    </>
  )
}

/** The server cannot be reached. The page retries automatically, and immediately on request. */
export function UnreachableStage({ stage, words, values, controls }: StageProps<'unreachable'> & ViewProps) {
  const { heading, what, mend } = words.unreachable[stage.problem]
  return (
    <>
      <StageHeading icon="cloud" mood="attention">
        {heading}
      </StageHeading>
      <p className={styles.lead}>{what}</p>
      <p>
        <Phrase text={mend} values={values} />
      </p>
      <div className={styles.choice}>
        <Button onClick={controls.askAgain}>{words.unreachable.again}</Button>
      </div>
    </>
  )
}
