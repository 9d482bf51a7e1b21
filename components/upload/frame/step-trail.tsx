import styles from '../upload-view.module.css'
import type { StageName } from '../visit/visit-model.ts'
import type { Words } from '../words/words.ts'

const STEPS = ['choose', 'check', 'send'] as const

/** The step each stage belongs to; 3 is "all done". */
const STEP_OF: Partial<Record<StageName, number>> = {
  loading: 0,
  ready: 0,
  no_file_yet: 0,
  reading: 1,
  checked: 1,
  rejected: 1,
  uploading: 2,
  verifying: 2,
  received: 3,
}

/** Three steps that show how far along the person is. Absent once the visit has ended. */
export function StepTrail({ stage, words }: { stage: StageName; words: Words }) {
  const current = STEP_OF[stage]
  if (current === undefined) return null
  return (
    <ol className={styles.trail} aria-label={words.steps.label}>
      {STEPS.map((step, index) => (
        <li
          key={step}
          className={index < current ? styles.done : index === current ? styles.current : styles.todo}
          aria-current={index === current ? 'step' : undefined}
        >
          {words.steps[step]}
        </li>
      ))}
    </ol>
  )
}
