import { Button } from '#components/ui/button.tsx'
import type { ViewProps } from '../view-props.ts'
import { Phrase } from '../words/phrase.tsx'

/** Back to the partner by name where there is a way back; otherwise an honest end. */
export function LeaveButton({
  words,
  values,
  model,
  controls,
  kind = 'secondary',
}: ViewProps & { kind?: 'secondary' | 'quiet' }) {
  return (
    <Button kind={kind} onClick={() => controls.leave()}>
      <Phrase text={model.session?.leadsBack ? words.leave.back : words.leave.stop} values={values} />
    </Button>
  )
}
