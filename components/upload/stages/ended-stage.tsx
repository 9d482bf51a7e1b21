import { ActionLink } from '#components/ui/action-link.tsx'
import { Button } from '#components/ui/button.tsx'
import type { IconName } from '#components/ui/icon.tsx'
import type { StageProps, ViewProps } from '../view-props.ts'
import type { EndReason } from '../visit/reason-kinds.ts'
import { explainSilence } from '../words/explain-trouble.ts'
import { Phrase } from '../words/phrase.tsx'
import { HelpLink } from './help-link.tsx'
import { Reference } from './reference.tsx'
import { StageHeading } from './stage-heading.tsx'
import styles from './stages.module.css'

const ICONS: Record<EndReason, IconName> = {
  link_invalid: 'unlink',
  link_expired: 'clock',
  session_expired: 'clock',
  link_canceled: 'cancel',
}

/** The link no longer works: why, and one way on. */
export function EndedStage(props: StageProps<'ended'>) {
  const { stage, model, words, values, device } = props
  const addressAlone = stage.reason === 'link_invalid' && device.addressAlone
  const { heading } = words.ended[stage.reason]
  const { what, mend } = addressAlone ? words.addressAlone : words.ended[stage.reason]
  return (
    <>
      <StageHeading icon={ICONS[stage.reason]} mood="attention">
        {heading}
      </StageHeading>
      <p className={styles.lead}>
        <Phrase text={what} values={values} />
      </p>
      <p>
        <Phrase text={mend} values={values} />
      </p>
      <Door {...props} />
      {model.session && (
        <p className={styles.referenceRow}>
          <span className={styles.quiet}>{words.rejected.reference}</span>
          <Reference
            id={model.session.sampleId}
            words={words}
            primary={!model.redirect && !model.session.partner.supportUrl}
          />
        </p>
      )}
    </>
  )
}

/** The one way on from an end: back to the partner, to its help page, or another try with a link that was cut off. */
function Door({ stage, model, words, values, device }: StageProps<'ended' | 'left'>) {
  const supportUrl = model.session?.partner.supportUrl
  if (model.redirect) {
    return (
      <div className={styles.choice}>
        <ActionLink href={model.redirect}>
          <Phrase text={words.leave.back} values={values} />
        </ActionLink>
      </div>
    )
  }
  if (supportUrl && stage.name === 'ended') {
    return (
      <div className={styles.choice}>
        <ActionLink href={supportUrl} apart>
          <Phrase text={words.leave.ask} values={values} />
        </ActionLink>
      </div>
    )
  }
  if (stage.name !== 'ended' || stage.reason !== 'link_invalid' || !device.link) return null
  return (
    <div className={styles.choice}>
      <ActionLink href={device.link}>{words.unreachable.again}</ActionLink>
    </div>
  )
}

/** The person left on purpose; until the window ends they can come back. */
export function LeftStage(props: StageProps<'left'>) {
  const { stage, model, words, values, controls } = props
  return (
    <>
      <StageHeading icon="cancel">{words.left.heading}</StageHeading>
      <p className={styles.lead}>{words.left.text}</p>
      {stage.reason === 'file_not_ready' && (
        <p>
          <Phrase text={words.left.notReady} values={values} />
        </p>
      )}
      <Door {...props} />
      {model.secondsLeft !== 0 && !model.redirect && (
        <div className={styles.choice}>
          <Button onClick={controls.askAgain}>{words.left.goOn}</Button>
        </div>
      )}
    </>
  )
}

/** The server cannot be reached. The page retries automatically, and immediately on request. */
export function UnreachableStage(props: StageProps<'unreachable'> & ViewProps) {
  const { stage, model, words, values, controls } = props
  const { heading, what, mend } = explainSilence(words, stage.problem)
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
      <p className={styles.quiet}>
        <span>{words.network.request}:</span>{' '}
        <code className={styles.reference}>
          {[stage.problem, stage.requestId].filter(Boolean).join(' · ')}
        </code>
      </p>
      <HelpLink model={model} words={words} values={values} />
    </>
  )
}
