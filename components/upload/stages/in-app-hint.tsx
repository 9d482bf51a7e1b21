'use client'

import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { Words } from '../words/words.ts'
import { useCopy } from './use-copy.ts'

/** Inside the browser of a social app, choosers often fail: how to go on in a real one. Stops nobody. */
export function InAppHint({ words, link }: { words: Words; link: string | null }) {
  const { copied, copy } = useCopy(link ?? '')
  return (
    <Notice tone="calm">
      <p>{words.picker.inApp}</p>
      <Button kind="secondary" onClick={copy}>
        {words.otherDevice.copy}
      </Button>
      <div role="status">
        {copied === 'yes' && <p>{words.picker.inAppCopied}</p>}
        {copied === 'blocked' && <p>{words.otherDevice.copyByHand}</p>}
      </div>
    </Notice>
  )
}
