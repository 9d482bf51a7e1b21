'use client'

/// <reference path="../../embed-react.d.ts" />
import { useEffect, useRef, useState } from 'react'

/** Asks for a link, shows the upload page in a frame, and says how the visit ended. */
export function UploadFrame({ mintLink }: { mintLink: (order: string) => Promise<string> }) {
  const [url, setUrl] = useState<string>()
  const [outcome, setOutcome] = useState('')
  const element = useRef<ArraydropUploadElement>(null)

  // React's own onX names are not those of the element.
  useEffect(() => {
    const upload = element.current
    if (!upload) return
    const ended = ({ detail }: HTMLElementEventMap['arraydrop-exit']) => {
      setOutcome(detail.status === 'received' ? 'Thank you. Your file has arrived.' : 'No file has arrived.')
    }
    upload.addEventListener('arraydrop-exit', ended)
    return () => upload.removeEventListener('arraydrop-exit', ended)
  })

  async function start() {
    const link = await mintLink(crypto.randomUUID())
    await loadEmbed(new URL(link).origin)
    setUrl(link)
  }

  return (
    <>
      <p role="status">{outcome}</p>
      {url ? (
        <arraydrop-upload ref={element} url={url} />
      ) : (
        <button
          type="button"
          onClick={() => start().catch(() => setOutcome('Please try again in a minute.'))}
        >
          Upload my file
        </button>
      )}
    </>
  )
}

/** The script of the service that the link belongs to, once. */
function loadEmbed(origin: string): Promise<void> {
  if (customElements.get('arraydrop-upload')) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src: `${origin}/embed.js` })
    script.onload = () => resolve()
    script.onerror = () => reject(new Error('embed.js could not be loaded'))
    document.head.append(script)
  })
}
