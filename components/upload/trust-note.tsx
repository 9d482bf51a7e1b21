import { Icon } from '#components/ui/icon.tsx'
import type { StageName } from './upload-model.ts'
import styles from './upload-view.module.css'
import type { ViewProps } from './view-props.ts'
import { Phrase } from './words/phrase.tsx'

/** Stages in which a file is, or may still be, handed over. */
const BEFORE_ARRIVAL: readonly StageName[] = [
  'ready',
  'no_file_yet',
  'reading',
  'checked',
  'uploading',
  'verifying',
  'rejected',
]

/** Who gets the file and what happens to it: in the same place in every stage, with the partner's own pages. */
export function TrustNote({ words, values, model }: ViewProps) {
  const { session } = model
  if (!session) return null
  const { privacyUrl, supportUrl } = session.partner
  return (
    <footer className={styles.trust}>
      {BEFORE_ARRIVAL.includes(model.stage.name) && <Promises {...{ words, values }} />}
      {(privacyUrl || supportUrl) && (
        <p className={styles.links}>
          {privacyUrl && <OutsideLink href={privacyUrl} text={words.trust.policy} values={values} />}
          {supportUrl && <OutsideLink href={supportUrl} text={words.trust.support} values={values} />}
        </p>
      )}
    </footer>
  )
}

function Promises({ words, values }: Pick<ViewProps, 'words' | 'values'>) {
  return (
    <>
      <h2 className={styles.trustTitle}>{words.trust.title}</h2>
      <ul className={styles.trustList}>
        <li>
          <Icon name="lock" />
          <span>
            <Phrase text={words.trust.who} values={values} />
          </span>
        </li>
        <li>
          <Icon name="device" />
          <span>{words.trust.check}</span>
        </li>
        <li>
          <Icon name="shield" />
          <span>{words.trust.privacy}</span>
        </li>
      </ul>
    </>
  )
}

/** In a tab of its own, so that an upload that runs is not lost. */
function OutsideLink({ href, text, values }: { href: string; text: string; values: ViewProps['values'] }) {
  return (
    <a className={styles.link} href={href} target="_blank" rel="noreferrer">
      <span>
        <Phrase text={text} values={values} />
      </span>
    </a>
  )
}
