/** The address that shows a report, instead of storing it. */
export function asPage(downloadUrl: string): string {
  const url = new URL(downloadUrl)
  url.searchParams.set('view', 'page')
  return url.href
}
