import { WARNING_SECONDS } from '#lib/sessions/limits.ts'
import { type VisitModel, willNotFit } from '../visit/visit-model.ts'
import type { Amounts } from '../words/amounts.ts'
import { explainSilence, explainTrouble } from '../words/explain-trouble.ts'
import { fill, type Values } from '../words/phrase.tsx'
import type { Words } from '../words/words.ts'

const QUARTERS = [0.75, 0.5, 0.25] as const

/**
 * What a screen reader announces while the page works: quarters of the transfer and changes of the connection, not every
 * update. The same model gives the same words, so nothing is announced twice. Empty where the heading is enough.
 */
export function announcement(model: VisitModel, words: Words, amounts: Amounts, values: Values): string {
  const { stage } = model
  if (stage.name === 'checked') return fill(words.checked.heading, values)
  if (stage.name === 'verifying') {
    if (stage.line === 'flowing') return words.verifying.heading
    const { stalled } = words.verifying
    return stage.silence ? `${stalled} ${explainSilence(words, stage.silence.problem).what}` : stalled
  }
  if (stage.name !== 'uploading') return ''
  if (stage.line === 'offline') return words.uploading.offline
  if (stage.line !== 'flowing') return explainTrouble(words, stage.trouble?.cause ?? 'no_answer').what
  if (willNotFit(model)) return words.uploading.announceTooSlow
  const share = stage.acknowledged / stage.file.size
  const quarter = QUARTERS.find((each) => share >= each)
  if (!quarter) return words.uploading.announceStart
  return fill(words.uploading.announceShare, { ...values, share: amounts.share(quarter, 1) })
}

/** The warning for the seconds left; empty if none is due. Announced once, because the words do not change. */
export function timeWarning(model: VisitModel, words: Words, values: Values): string {
  const { secondsLeft } = model
  if (secondsLeft === null || secondsLeft > WARNING_SECONDS[0]) return ''
  if (secondsLeft === 0) return words.countdown.over
  return fill(
    secondsLeft <= WARNING_SECONDS[1] ? words.countdown.halfMinute : words.countdown.twoMinutes,
    values,
  )
}
