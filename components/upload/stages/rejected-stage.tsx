import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { type Detail, SERVICE_REASONS } from '#lib/genotype/reason.ts'
import { rawTextOf, VENDORS } from '#lib/genotype/vendors.ts'
import type { StageProps } from '../view-props.ts'
import type { RefusalReason } from '../visit/reason-kinds.ts'
import { explain } from '../words/explain.ts'
import type { Words } from '../words/words.ts'
import { ChosenFileLine } from './chosen-file-line.tsx'
import { GetHelp, WhereHelp } from './help-panels.tsx'
import { LeaveButton } from './leave-button.tsx'
import { PickButton, PickTrouble } from './pick-buttons.tsx'
import { StageHeading } from './stage-heading.tsx'
import styles from './stages.module.css'
import { SupportDetails } from './support-details.tsx'

/** What was wrong, how to fix it, and what to do next: another file, help, back to the partner. */
export function RejectedStage(props: StageProps<'rejected'>) {
  const { stage, words, amounts, values, device, controls } = props
  const { what, mend } = explain(words, stage.reason, stage.detail, values)
  const ours = isOurs(stage.reason)
  const again = ours && stage.file !== null
  const help = helpFor(stage.reason, stage.detail)
  return (
    <>
      <StageHeading icon="warning" mood={ours ? 'attention' : 'refusal'}>
        {headingFor(stage.reason, words)}
      </StageHeading>
      {stage.file && <ChosenFileLine file={stage.file} label={words.rejected.file} amounts={amounts} />}
      <Notice tone={ours ? 'attention' : 'refusal'} role="alert" bare>
        <p className={styles.what}>{what}</p>
        <p>{mend}</p>
      </Notice>
      <div className={styles.choice}>
        {again && <Button onClick={controls.tryAgain}>{words.unreachable.again}</Button>}
        <PickButton
          kind={again ? 'secondary' : 'primary'}
          label={ours ? words.rejected.againSame : words.rejected.again}
        />
        {help === 'get' && (
          <Button kind="secondary" onClick={controls.noFileYet}>
            {words.ready.noFileYet}
          </Button>
        )}
        <LeaveButton {...props} />
        <PickTrouble words={words} device={device} />
      </div>
      <div>
        <WhereHelp words={words} system={device.system} open={help === 'where'} />
        <GetHelp words={words} open={help === 'get'} />
        <SupportDetails {...props} />
      </div>
    </>
  )
}

function headingFor(reason: RefusalReason, { rejected }: Words): string {
  if (isOurs(reason)) return rejected.headingService
  return reason === 'several_files' ? rejected.headingSeveral : rejected.heading
}

const isOurs = (reason: RefusalReason): boolean => SERVICE_REASONS.some((service) => service === reason)

const UNPACKED: readonly (Detail | null)[] = [
  ...VENDORS.map(rawTextOf),
  'raw_text',
  'repacked_macos',
  'repacked_folder',
]

/** Which help to open: where to find the original, or how to get the right file. */
function helpFor(reason: RefusalReason, detail: Detail | null): 'where' | 'get' | null {
  if (UNPACKED.includes(detail)) return 'where'
  return reason === 'no_genotypes' || reason === 'vendor_unsupported' ? 'get' : null
}
