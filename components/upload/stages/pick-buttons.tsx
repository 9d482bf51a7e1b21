'use client'

import { Button, type ButtonKind } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { Device } from '../device.ts'
import { usePicker } from '../picking/file-picker.tsx'
import type { Words } from '../words/words.ts'

/** Opens the system's file chooser. */
export function PickButton({ label, kind = 'primary' }: { label: string; kind?: ButtonKind }) {
  const { open } = usePicker()
  return (
    <Button kind={kind} onClick={open}>
      {label}
    </Button>
  )
}

/** For people whose file is greyed out or whose file chooser never opens. */
export function PickTrouble({ words, device }: { words: Words; device: Device }) {
  const { anyType, allowAnyType, silent } = usePicker()
  return (
    <>
      <div role="status">
        {silent && (
          <Notice tone="attention">
            <p>{words.picker.silent}</p>
            {device.framed && device.link && (
              <p>
                <a href={device.link} target="_blank" rel="noreferrer">
                  {words.picker.ownWindow}
                </a>
              </p>
            )}
          </Notice>
        )}
        {anyType && (
          <Notice tone="calm">
            <p>{words.picker.anyType}</p>
          </Notice>
        )}
      </div>
      {!anyType && (
        <Button kind="quiet" onClick={allowAnyType}>
          {words.picker.cannotSelect}
        </Button>
      )}
    </>
  )
}
