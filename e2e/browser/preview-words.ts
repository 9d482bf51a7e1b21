import type { Page } from '@playwright/test'
import type { Detail, Reason } from '#lib/genotype/reason.ts'

/** The partner of every preview. */
const PREVIEW_PARTNER = 'Northlight Health'

/** What happened and what to do, with the partner's name in it; any two sentences where the preview has none. */
export type RefusalWords = (reason: Reason, detail: Detail | null) => Promise<(string | RegExp)[]>

const ANY_SENTENCES = [/^[A-Z][^_]+\.$/, /^[A-Z][^_]+\.$/]

/** Ask the preview what the page says of a refusal; `page` is only used to read it. */
export async function previewWords(page: Page, origin: string, partner: string): Promise<RefusalWords> {
  await page.goto(`${origin}/console/preview`)
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
