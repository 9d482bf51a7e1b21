import { Icon } from '#components/ui/icon.tsx'
import { UPLOAD_WINDOW_SECONDS } from '#lib/sessions/limits.ts'
import type { ViewProps } from '../view-props.ts'
import { betweenSentences } from '../words/languages.ts'
import { Phrase } from '../words/phrase.tsx'
import styles from './stages.module.css'

/** What to have ready, how large it may be, how long it takes and how long the page stays open. Part of the first paint. */
export function Requirements({ words, values, amounts }: Pick<ViewProps, 'words' | 'values' | 'amounts'>) {
  const { need, limits, takes, window } = words.ready
  const between = betweenSentences(words.locale)
  return (
    <ul className={styles.requirements}>
      <li>
        <Icon name="file" />
        <span>
          {need}
          {between}
          <span className={styles.quiet}>
            <Phrase text={limits} values={values} />
          </span>
        </span>
      </li>
      <li>
        <Icon name="clock" />
        <span>
          {takes}
          {between}
          <span className={styles.quiet}>
            <Phrase text={window} values={{ time: amounts.time(UPLOAD_WINDOW_SECONDS) }} />
          </span>
        </span>
      </li>
    </ul>
  )
}
