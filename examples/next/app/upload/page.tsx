import { mintLink } from './mint-link'
import { UploadFrame } from './upload-frame'

/** A link is minted when the person asks for it, not when the page is drawn: it lives for ten minutes. */
export default function Page() {
  return (
    <main>
      <h1>Send us your DNA data</h1>
      <UploadFrame mintLink={mintLink} />
    </main>
  )
}
