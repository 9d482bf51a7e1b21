'use client'

import { Button } from '#components/ui/button.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { ViewProps } from '../view-props.ts'
import { Phrase } from '../words/phrase.tsx'
import type { Words } from '../words/words.ts'
import styles from './stages.module.css'
import { useCopy } from './use-copy.ts'

/** Passes this link on to the person's other device, with the time it still works. */
export function OtherDevice({ words, amounts, device, model }: ViewProps) {
  const { link } = device
  const text = words.otherDevice
  const { copied, copy } = useCopy(link ?? '')
  // Closing the share sheet without sharing is not an error.
  const share = () => navigator.share({ url: link ?? '' }).catch(() => undefined)
  return (
    <Disclosure title={text.title}>
      <p>{text.how}</p>
      <div className={styles.row}>
        {device.canShare && (
          <Button kind="secondary" onClick={share}>
            {text.share}
          </Button>
        )}
        <Button kind="secondary" onClick={copy}>
          {text.copy}
        </Button>
      </div>
      <div role="status">
        {copied === 'yes' && <p>{text.copied}</p>}
        {copied === 'blocked' && <p>{text.copyByHand}</p>}
      </div>
      {model.secondsLeft !== null && (
        <p>
          <Phrase text={text.timeLeft} values={{ time: amounts.leftTime(model.secondsLeft) }} />
        </p>
      )}
      <p>{text.caution}</p>
    </Disclosure>
  )
}

/** Shown in a social app's browser, where choosers often fail: how to continue in a real one. Blocks nothing. */
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
