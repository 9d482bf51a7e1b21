import { Icon } from '#components/ui/icon.tsx'
import { COUNTDOWN_SECONDS, WARNING_SECONDS } from '#lib/sessions/limits.ts'
import styles from '../upload-view.module.css'
import type { ViewProps } from '../view-props.ts'
import { flowsInTime, type StageName, type VisitModel } from '../visit/visit-model.ts'
import { Phrase } from '../words/phrase.tsx'
import { formFor } from '../words/plural.ts'
import { timeWarning } from './announcement.ts'

/** Stages in which the window matters to the person. */
const TIMED: readonly StageName[] = ['ready', 'no_file_yet', 'rejected', 'reading', 'checked', 'uploading']

/** True when the time left must be visible: below five minutes, and not while bytes are expected to arrive in time. */
export const showsTime = (model: VisitModel): boolean =>
  TIMED.includes(model.stage.name) &&
  model.secondsLeft !== null &&
  model.secondsLeft < COUNTDOWN_SECONDS &&
  !flowsInTime(model)

/** The visible countdown, and two warnings that a screen reader announces; the ticking is not read out. */
export function TimeLeft({ model, words, amounts, values }: ViewProps) {
  const shown = showsTime(model)
  const urgent = (model.secondsLeft ?? 0) <= WARNING_SECONDS[0]
  return (
    <div className={shown ? `${styles.time} ${urgent ? styles.urgent : ''}` : styles.empty}>
      {shown && (
        <p className={styles.clock} role="timer">
          <Icon name="clock" />
          <span>
            <Phrase
              text={formFor(words.locale, words.countdown.left, amounts.timeNumber(model.secondsLeft ?? 0))}
              values={{ time: amounts.time(model.secondsLeft ?? 0) }}
            />
          </span>
        </p>
      )}
      <div role="alert">{shown && timeWarning(model, words, values)}</div>
    </div>
  )
}
