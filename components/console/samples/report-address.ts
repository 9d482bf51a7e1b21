/** Files that the browser can show as a page. */
export const isPage = (fileType: string): boolean => fileType === 'qc-html' || fileType === 'fastq-qc-html'

/** The address that shows such a file, instead of storing it. */
export function asPage(downloadUrl: string): string {
  const url = new URL(downloadUrl)
  url.searchParams.set('view', 'page')
  return url.href
}
