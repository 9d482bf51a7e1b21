import { ActionLink } from '#components/ui/action-link.tsx'
import type { StageProps } from '../view-props.ts'
import { Phrase } from '../words/phrase.tsx'
import { StageHeading } from './stage-heading.tsx'
import styles from './stages.module.css'

/** The file was received. Leads back to the partner if there is a return address; otherwise says that the page can be closed. */
export function ReceivedStage({ stage, model, words, values }: StageProps<'received'>) {
  const text = words.received
  const onward = model.session?.redirectTo ?? null
  return (
    <>
      <StageHeading icon="check" mood="good">
        <Phrase text={text.heading} values={values} />
      </StageHeading>
      <p className={styles.lead}>
        <Phrase text={stage.before || !stage.vendor ? text.before : text.text} values={values} />
      </p>
      {model.redirect && (
        <p className={styles.quiet}>
          <Phrase text={text.onward} values={values} />
        </p>
      )}
      {!stage.before && (
        <p>
          <Phrase text={text.next} values={values} />
        </p>
      )}
      {model.session && (
        <p className={styles.quiet}>
          {words.rejected.reference}: <code className={styles.reference}>{model.session.sampleId}</code>
        </p>
      )}
      {onward ? (
        <div className={styles.choice}>
          <ActionLink href={onward}>
            <Phrase text={text.continue} values={values} />
          </ActionLink>
        </div>
      ) : (
        <p>{text.close}</p>
      )}
    </>
  )
}
