import type { MouseEvent } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { TRUST_ID } from '../frame/promise-stages.ts'
import type { StageProps } from '../view-props.ts'
import { Phrase } from '../words/phrase.tsx'
import { InAppHint, OtherDevice } from './continue-elsewhere.tsx'
import { GetHelp, WhereHelp } from './help-panels.tsx'
import { PickButton, PickTrouble } from './pick-buttons.tsx'
import { Requirements } from './requirements.tsx'
import { StageHeading } from './stage-heading.tsx'
import styles from './stages.module.css'

/** Goes to the note without an entry in the history, which Back would have to undo. */
function showTrust(click: MouseEvent): void {
  click.preventDefault()
  document.getElementById(TRUST_ID)?.focus()
}

/** Letters of a partner's name that fit the heading at its usual size. */
const LONG_NAME = 36

/** Before a file is chosen: who asks, what for is needed, the button, and below it everything that can wait. */
export function ReadyStage(props: StageProps<'ready'>) {
  const { stage, words, amounts, controls, device, values } = props
  const { resumable } = stage
  return (
    <>
      <StageHeading long={(values.partner?.length ?? 0) > LONG_NAME}>
        <Phrase text={words.ready.heading} values={values} />
      </StageHeading>
      {stage.canceled && (
        <Notice tone="calm">
          <p>{words.ready.canceled}</p>
        </Notice>
      )}
      {resumable && (
        <Notice tone="calm">
          <p>
            <Phrase
              text={words.ready.resumable}
              values={{ share: amounts.share(resumable.offset, resumable.size) }}
            />
          </p>
        </Notice>
      )}
      <p className={styles.lead}>
        <Phrase text={words.ready.need} values={values} />
      </p>
      <div className={styles.choice}>
        <div className={styles.drop}>
          <PickButton label={words.ready.choose} />
          <p className={styles.dropHint}>{words.ready.drop}</p>
        </div>
        <p className={styles.inShort}>
          <Icon name="lock" />
          <span>
            <Phrase text={words.trust.inShort} values={values} />{' '}
            <a href={`#${TRUST_ID}`} onClick={showTrust}>
              {words.trust.more}
            </a>
          </span>
        </p>
        <Button kind="secondary" onClick={controls.noFileYet}>
          {words.ready.noFileYet}
        </Button>
        <PickTrouble words={words} device={device} />
      </div>
      <Requirements {...props} />
      {device.insideApp && <InAppHint words={words} link={device.link} />}
      <div>
        <OtherDevice {...props} />
        <WhereHelp words={words} system={device.system} />
        <GetHelp words={words} />
      </div>
    </>
  )
}
