import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { StageProps } from '../view-props.ts'
import { Phrase } from '../words/phrase.tsx'
import { InAppHint, OtherDevice } from './continue-elsewhere.tsx'
import { GetHelp, VendorTiles, WhereHelp } from './help-panels.tsx'
import { PickButton, PickTrouble } from './pick-buttons.tsx'
import { Requirements } from './requirements.tsx'
import { StageHeading } from './stage-heading.tsx'
import styles from './stages.module.css'

/** Before a file is chosen: what to have ready, and a way out for people who do not have it. */
export function ReadyStage(props: StageProps<'ready'>) {
  const { stage, words, amounts, controls, device, values } = props
  const { resumable } = stage
  return (
    <>
      <StageHeading>
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
      <Requirements {...props} />
      <VendorTiles words={words} />
      <div className={styles.choice}>
        <div className={styles.drop}>
          <PickButton label={words.ready.choose} />
          <p className={styles.dropHint}>{words.ready.drop}</p>
        </div>
        <Button kind="secondary" onClick={controls.noFileYet}>
          {words.ready.noFileYet}
        </Button>
        <PickTrouble words={words} device={device} />
      </div>
      {device.insideApp && <InAppHint words={words} link={device.link} />}
      <div>
        <OtherDevice {...props} />
        <WhereHelp words={words} system={device.system} />
        <GetHelp words={words} />
      </div>
    </>
  )
}
