import { createHash } from 'node:crypto'
import { SingleBar } from 'cli-progress'
import { Upload } from 'tus-js-client'

/** The headers by which the page's requests belong to a link. */
export function linkHeaders(uploadUrl: string): { Authorization: string } {
  const { searchParams, hash } = new URL(uploadUrl)
  // A project's `link_form` decides which of the two carries it.
  const token = searchParams.get('token') ?? new URLSearchParams(hash.slice(1)).get('token')
  return { Authorization: `Bearer ${token}` }
}

/** Open a link as its page does; returns the headers of further requests. */
export async function openLink(uploadUrl: string): Promise<{ Authorization: string }> {
  const headers = linkHeaders(uploadUrl)
  const opened = await fetch(new URL('/api/upload/open', uploadUrl), { method: 'POST', headers })
  if (!opened.ok) throw new Error(`The link could not be opened (${opened.status}).`)
  return headers
}

export const exportSha256 = (file: Uint8Array): string => createHash('sha256').update(file).digest('hex')

/** Send a file through the protocol of the page, as a browser would; resolves once the last byte is acknowledged. */
export async function sendExport(
  uploadUrl: string,
  file: Uint8Array,
  { progress }: { progress: boolean },
): Promise<void> {
  const { origin } = new URL(uploadUrl)
  const headers = await openLink(uploadUrl)

  const bar = new SingleBar({ format: 'Sending  {bar} {percentage} %', hideCursor: true })
  if (progress) bar.start(file.length, 0)
  try {
    await new Promise<void>((resolve, reject) => {
      new Upload(Buffer.from(file), {
        endpoint: new URL('/api/upload/files', origin).href,
        headers,
        chunkSize: 5 * 1_048_576,
        retryDelays: [0, 1_000, 3_000, 5_000],
        metadata: { sha256: exportSha256(file) },
        storeFingerprintForResuming: false,
        onChunkComplete: (_size, acknowledged) => bar.update(acknowledged),
        onSuccess: () => resolve(),
        onError: reject,
      }).start()
    })
  } finally {
    if (progress) bar.stop()
  }
}
