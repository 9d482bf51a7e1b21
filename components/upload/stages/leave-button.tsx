import { Button } from '#components/ui/button.tsx'
import type { ViewProps } from '../view-props.ts'
import { Phrase } from '../words/phrase.tsx'

/** Leads back to the partner by name if there is a return address; otherwise ends the visit. */
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
