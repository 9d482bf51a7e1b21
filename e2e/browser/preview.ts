import type { Page } from '@playwright/test'
import type { Detail, Reason } from '#lib/genotype/reason.ts'

/** One state of the upload page, as its preview names it. */
export interface PreviewState {
  name: string
  /** As an address asks for it. */
  query: string
}

/** Every state that the page says it has, by the links of the preview. */
export async function statesOf(page: Page, origin: string): Promise<PreviewState[]> {
  await page.goto(`${origin}/console/preview`)
  return page.getByRole('listitem').evaluateAll((items) =>
    items.map((item) => {
      const link = item.querySelector('a')!
      return { name: link.textContent!, query: new URL(link.href).search.slice(1) }
    }),
  )
}

/** Polls by the clock: a hidden page may draw no frames. */
const SOON = { polling: 20, timeout: 30_000 }

/** Another state in the page that is open already, as if it had just been opened in it. */
export async function show(page: Page, query: string): Promise<void> {
  // Until the page runs, the router would put its own address back.
  await page.waitForFunction(() => document.documentElement.dataset.preview !== undefined, null, SOON)
  await page.evaluate((wanted) => {
    location.hash = wanted
    // The next Tab begins at the top again.
    const top = document.documentElement
    top.tabIndex = -1
    top.focus()
    top.removeAttribute('tabindex')
    window.scrollTo(0, 0)
  }, query)
  await page.waitForFunction((wanted) => document.documentElement.dataset.preview === wanted, query, SOON)
}

/** The partner of every preview. */
const PREVIEW_PARTNER = 'Northlight Health'

/** What happened and what to do, with the partner's name in it; any two sentences where the preview has none. */
export type RefusalWords = (reason: Reason, detail: Detail | null) => Promise<(string | RegExp)[]>

const ANY_SENTENCES = [/^[A-Z][^_]+\.$/, /^[A-Z][^_]+\.$/]

/** Reads from the preview how the page explains a refusal, by way of a page of this service that is open. */
export function previewWords(page: Page, partner: string): RefusalWords {
  return async (reason, detail) => {
    const query = new URLSearchParams({ state: 'rejected', reason, ...(detail ? { detail } : {}) })
    const said = await page.evaluate(async (path) => {
      const response = await fetch(path)
      const shown = new DOMParser().parseFromString(await response.text(), 'text/html')
      return [...shown.querySelectorAll('main [role=alert] p')].map((line) => line.textContent)
    }, `/console/preview?${query}`)
    if (said.length === 0) return ANY_SENTENCES
    return said.map((line) => line.replaceAll(PREVIEW_PARTNER, partner))
  }
}
