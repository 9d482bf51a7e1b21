import { Icon } from '#components/ui/icon.tsx'
import type { ViewProps } from '../view-props.ts'
import { betweenSentences } from '../words/languages.ts'
import { Phrase } from '../words/phrase.tsx'
import styles from './stages.module.css'

/** Which file exactly, how large it may be, how long it takes, and how much longer the page stays open. */
export function Requirements({
  words,
  values,
  amounts,
  model,
}: Pick<ViewProps, 'words' | 'values' | 'amounts' | 'model'>) {
  const { unchanged, limits, takes, window } = words.ready
  const between = betweenSentences(words.locale)
  const secondsLeft = model.session && model.secondsLeft
  return (
    <ul className={styles.requirements}>
      <li>
        <Icon name="file" />
        <span>
          <span>{unchanged}</span>
          {between}
          <Phrase text={limits} values={values} />
        </span>
      </li>
      <li>
        <Icon name="clock" />
        <span>
          <span>{takes}</span>
          {between}
          {secondsLeft !== null && secondsLeft > 0 && (
            <Phrase text={window} values={{ time: amounts.leftTime(secondsLeft) }} />
          )}
        </span>
      </li>
    </ul>
  )
}
