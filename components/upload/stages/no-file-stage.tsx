import { Button } from '#components/ui/button.tsx'
import type { ViewProps } from '../view-props.ts'
import { Phrase } from '../words/phrase.tsx'
import { VendorGuides } from './help-panels.tsx'
import { StageHeading } from './stage-heading.tsx'
import styles from './stages.module.css'

/** For people without a file: first how to get it, then a way back that informs the partner. */
export function NoFileStage({ words, values, controls, model }: ViewProps) {
  const leave = model.session?.leadsBack ? words.noFileYet.leave : words.noFileYet.leaveHere
  return (
    <>
      <StageHeading>{words.noFileYet.heading}</StageHeading>
      <p className={styles.lead}>{words.noFileYet.intro}</p>
      <section className={styles.panel} aria-label={words.howToGet.title}>
        <VendorGuides words={words} />
      </section>
      <p>
        <Phrase text={words.noFileYet.link} values={values} />
      </p>
      <div className={styles.choice}>
        <Button onClick={() => controls.leave('file_not_ready')}>
          <Phrase text={leave} values={values} />
        </Button>
        <Button kind="secondary" onClick={controls.back}>
          {words.noFileYet.back}
        </Button>
      </div>
    </>
  )
}
