import type { ViewProps } from '../view-props.ts'
import { EndedStage, LeftStage, UnreachableStage } from './ended-stage.tsx'
import { NoFileStage } from './no-file-stage.tsx'
import { ReadingStage } from './reading-stage.tsx'
import { ReadyStage } from './ready-stage.tsx'
import { ReceivedStage } from './received-stage.tsx'
import { RejectedStage } from './rejected-stage.tsx'
import { UploadingStage } from './uploading-stage.tsx'
import { VerifyingStage } from './verifying-stage.tsx'
import { WaitingStage } from './waiting-stage.tsx'

/** One part of the page for each stage; a new stage without a part does not compile. */
export function StageBody(props: ViewProps) {
  const { stage } = props.model
  switch (stage.name) {
    case 'loading':
    case 'leaving':
      return <WaitingStage {...props} stage={stage} />
    case 'ready':
      return <ReadyStage {...props} stage={stage} />
    case 'no_file_yet':
      return <NoFileStage {...props} />
    case 'reading':
    case 'checked':
      return <ReadingStage {...props} stage={stage} />
    case 'uploading':
      return <UploadingStage {...props} stage={stage} />
    case 'verifying':
      return <VerifyingStage {...props} stage={stage} />
    case 'received':
      return <ReceivedStage {...props} stage={stage} />
    case 'rejected':
      return <RejectedStage {...props} stage={stage} />
    case 'ended':
      return <EndedStage {...props} stage={stage} />
    case 'left':
      return <LeftStage {...props} stage={stage} />
    case 'unreachable':
      return <UnreachableStage {...props} stage={stage} />
    default:
      return stage satisfies never
  }
}
