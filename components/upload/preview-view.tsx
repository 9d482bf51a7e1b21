'use client'

import { unknownDevice } from './device.ts'
import { findPageState } from './page-states.ts'
import type { UploadActions } from './upload-controller.ts'
import { UploadView } from './upload-view.tsx'
import type { Words } from './words/words.ts'

const nothing = () => undefined
const NO_ACTIONS: UploadActions = {
  choose: nothing,
  cancel: nothing,
  noFileYet: nothing,
  back: nothing,
  leave: nothing,
  askAgain: nothing,
}

interface Props {
  wanted: Partial<Record<'state' | 'reason' | 'detail' | 'variant', string>>
  words: Words
  direction: 'ltr' | 'rtl' | undefined
}

/** One state of the upload page as people see it, with buttons that do nothing. */
export function PreviewView({ wanted, words, direction }: Props) {
  const found = findPageState(wanted)
  if (!found) return null
  return (
    <UploadView
      model={found.model}
      words={words}
      actions={NO_ACTIONS}
      device={{ ...unknownDevice, system: 'ios', canShare: true }}
      {...(direction ? { direction } : {})}
    />
  )
}
