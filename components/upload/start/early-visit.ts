/** Ids of the two parts of the page that the first script shows or hides. */
export const NOTICE_ID = 'start-notice'
export const PANEL_ID = 'upload-panel'
/** After this the page says that it has not started. */
export const START_MS_MAX = 10_000
/** Where on the window the first script keeps what it knows. */
export const KEPT_KEY = 'arraydropStart'

/** Under this name the history's entry keeps the link, and, with the sample's id behind it, the tab's storage. */
export const LINK_KEY = 'arraydrop-link:'
/** The token, in the query of a link or in its fragment. Some mail programs escape characters that need no escape. */
export const TOKEN_IN_LINK = /[?&#]token=((?:[\w.-]|%2[DdEe]|%5[Ff])+)/

interface Kept {
  /** Query and fragment of the link that led here; empty where none is known. */
  query: string
  files: File[]
  taken?: boolean
  /** A file is under way: opening the same sample's link again in this tab must not load the page again. */
  busy?: boolean
  boxed: boolean
  /** Shows the notice that the page has not started; gone once it has. */
  timer?: ReturnType<typeof setTimeout>
  /** Shows the notice that the page has not started, instead of the page. */
  late(): void
}

const kept = (): Kept | undefined => (window as { [KEPT_KEY]?: Kept })[KEPT_KEY]

/** False where nothing can work: a sandbox without an origin of its own, which the notice explains. */
export const canStart = (): boolean => kept()?.boxed !== true

/** Call when everything that a visit needs has loaded. Takes a notice back that came too early. */
export function pageStarted(): void {
  const start = kept()
  clearTimeout(start?.timer)
  delete start?.timer
  hideNotice()
}

/** Shows the same notice if what the page still lacks does not come in time. Call what this returns once it is there. */
export function waitForPage(): () => void {
  const timer = setTimeout(() => kept()?.late(), START_MS_MAX)
  return () => {
    clearTimeout(timer)
    hideNotice()
  }
}

function hideNotice(): void {
  const [notice, panel] = [document.getElementById(NOTICE_ID), document.getElementById(PANEL_ID)]
  if (notice) notice.hidden = true
  if (panel) panel.style.display = ''
}

/** The link of this visit, which the address bar no longer shows, and its token; null and empty where none is known. */
export function linkOfVisit(): { link: string | null; token: string } {
  const query = kept()?.query ?? ''
  const token = decodeURIComponent(TOKEN_IN_LINK.exec(query)?.[1] ?? '')
  return { link: query === '' ? null : `${location.origin}${location.pathname}${query}`, token }
}

/** Says whether a file is under way, which loading the page again would interrupt. */
export function holdVisit(busy: boolean): void {
  const start = kept()
  if (start) start.busy = busy
}

/** Returns the files that were dropped or chosen before the page could take them, once. */
export function takeEarlyFiles(): File[] {
  const start = kept()
  if (!start) return []
  const { files } = start
  Object.assign(start, { files: [], taken: true } satisfies Partial<Kept>)
  return files
}
