/// <reference path="./embed-react.d.ts" />
import { useEffect, useRef } from 'react'

/** A partner's page in React, with the element and its events. */
export function UploadFrame({ url, onExit }: { url: string; onExit(exit: Arraydrop.Exit): void }) {
  const element = useRef<ArraydropUploadElement>(null)
  useEffect(() => {
    const upload = element.current
    const ended = (event: HTMLElementEventMap['arraydrop-exit']) => onExit(event.detail)
    upload?.addEventListener('arraydrop-exit', ended)
    return () => upload?.removeEventListener('arraydrop-exit', ended)
  }, [onExit])
  return <arraydrop-upload ref={element} url={url} locale="de" color-scheme="dark" />
}
