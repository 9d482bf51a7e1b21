'use client'

import { Button } from '#components/ui/button.tsx'
import type { ViewProps } from '../view-props.ts'
import styles from './stages.module.css'
import { useCopy } from './use-copy.ts'

const SHORT = 8

/** The sample's id, short enough to read out, and copied whole. `primary`: where nothing else leads on. */
export function Reference({
  id,
  words,
  primary = false,
}: Pick<ViewProps, 'words'> & { id: string; primary?: boolean }) {
  const { copied, copy } = useCopy(id)
  return (
    <span className={styles.referenceRow}>
      <code title={id}>{id.slice(0, SHORT)}</code>
      <Button kind={primary ? 'primary' : 'quiet'} onClick={copy}>
        {words.rejected.copyReference}
      </Button>
      <span role="status">
        {copied === 'yes' && words.otherDevice.copiedShort}
        {copied === 'blocked' && <code className={styles.reference}>{id}</code>}
      </span>
    </span>
  )
}
