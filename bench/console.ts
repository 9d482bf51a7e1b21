import type { Browser, Page } from 'playwright'
import { aPerson, signedIn } from '../e2e/browser/console-page.ts'
import { partnerOf } from '../e2e/service/partner.ts'
import type { Bench } from './bench.ts'
import { least, measureInTurn } from './measure-in-turn.ts'
import type { Measurement } from './measurement.ts'
import { openBrowser } from './open-browser.ts'
import { openDatabase } from './open-database.ts'
import { seedAudit, seedLinks, seedSamples } from './seed-samples.ts'

const ROUNDS = 10
const SAMPLES = 100_000
/** An element that does not appear within this time never will. */
const PATIENCE_MS = 20_000
/** What the console waits for another letter of a search. */
const PAUSE_MS = 300
/** How long a pointer is on a link before the hand presses it. */
const HOVER_MS = 100

/** The first element that fits the selector and has the text. */
interface Sought {
  selector: string
  text: string
}

/** What an operator does on a page, and what then shows the data that the console asked for. */
interface Act {
  /** Below the project's address. */
  from: string
  /** What shows that this page's scripts run and have their data. */
  ready: Sought
  /** Pressed beforehand, to bring up what is pressed then. */
  opens?: Sought
  press: Sought
  /** Typed into the pressed field, all at once. */
  typed?: string
  /** The request with the data that is shown. */
  asks: RegExp
  shows: Sought
}

const PROJECT = 'Console'
const project = { from: '', ready: { selector: 'h1', text: PROJECT } }
const samples = { from: '/samples', ready: { selector: 'tbody tr', text: 'client-000000' } }
const menu = (text: string): Sought => ({ selector: 'nav a', text })
const row = (text: string): Sought => ({ selector: 'tbody tr', text })

const ACTS: Record<string, Act> = {
  list: { ...project, press: menu('Samples'), asks: /\/samples\/\?/, shows: row('client-000000') },
  search: {
    ...samples,
    press: { selector: 'input[type=search]', text: '' },
    typed: 'client-077777',
    asks: /search=client-077777/,
    shows: row('client-077777'),
  },
  filter: {
    ...samples,
    opens: { selector: 'input[placeholder=Any]', text: '' },
    press: { selector: '[role=option]', text: 'failed qc' },
    asks: /status=failed\+qc/,
    shows: row('client-000097'),
  },
  sample: {
    ...samples,
    press: { selector: 'tbody a', text: 'client-000004' },
    asks: /\/samples\/[^/?]+$/,
    // What its own answer brings: the list has told the rest.
    shows: { selector: 'main button', text: 'Hide from lists' },
  },
  insights: {
    ...project,
    press: menu('Insights'),
    asks: /\/insights\//,
    shows: { selector: 'h2', text: 'How far people get' },
  },
  audit: {
    ...project,
    press: menu('Audit trail'),
    asks: /\/audit\/\?/,
    shows: { selector: 'table[aria-label="Audit trail"] tbody tr', text: 'client-' },
  },
}

/**
 * From the click to the data on the screen, in a project with 100,000 samples and as many entries in the audit trail,
 * against the same answer of the API, asked for by the same browser.
 */
export async function measureConsole({ service }: Bench): Promise<Measurement[]> {
  const database = await openDatabase(service.dataDir)
  let browser: Browser | undefined
  try {
    const { projectId } = await partnerOf(service, { rowsMin: 1_000, name: PROJECT })
    await seedSamples(database.client, projectId, SAMPLES)
    await seedLinks(database.client, projectId)
    await seedAudit(database.client, projectId, SAMPLES)
    await database.client.query('vacuum analyze sample, upload_session, upload, audit_entry')
    browser = await openBrowser()
    const { page } = await signedIn(browser, service, await aPerson(service, 'owner'))
    const measured = []
    for (const [name, act] of Object.entries(ACTS)) {
      const values = await timeAct(page, `${service.origin}/console/projects/${projectId}${act.from}`, act)
      measured.push({ name, ...values })
    }
    return [
      {
        what: 'Console, 100,000 samples: from the click to the data on the screen, against the same answer of the API: the slowest by ratio',
        value: Math.max(...measured.map(({ screen, api }) => screen / api)),
        bound: { atMost: 5 },
        unit: '×',
        record: measured
          .map(({ name, screen, api }) => `${name} ${screen.toFixed(0)} against ${api.toFixed(0)} ms`)
          .join(', '),
      },
    ]
  } finally {
    await browser?.close()
    await database.close()
  }
}

/** The least milliseconds of the act, and of the answer that it waits for, asked for by a bare `fetch` of an idle page. */
async function timeAct(page: Page, address: string, act: Act): Promise<{ screen: number; api: number }> {
  let url = ''
  const note = (request: { url(): string }) => {
    if (act.asks.test(request.url())) url = request.url()
  }
  page.on('request', note)
  const found = ({ selector, text }: Sought) => page.locator(selector, { hasText: text }).first()
  const screen = async () => {
    await page.goto(address)
    await found(act.ready).waitFor()
    await page.waitForLoadState('networkidle')
    if (act.opens) await found(act.opens).click()
    await found(act.press).hover()
    await page.waitForTimeout(HOVER_MS)
    return page.evaluate(actInPage, { ...act, asks: '', patience: PATIENCE_MS })
  }
  const values = await measureInTurn(ROUNDS, {
    screen,
    api: async () => {
      // The first round begins with this one, and the console has not asked yet.
      if (url === '') await screen()
      await page.waitForLoadState('networkidle')
      return page.evaluate(askInPage, url)
    },
  })
  page.off('request', note)
  const waited = act.typed === undefined ? 0 : PAUSE_MS
  return { screen: least(values.screen) - waited, api: least(values.api) }
}

/** Runs in the page. */
async function actInPage(act: Omit<Act, 'asks'> & { patience: number }): Promise<number> {
  const look = ({ selector, text }: Sought) =>
    [...document.querySelectorAll<HTMLElement>(selector)].find((each) => each.textContent?.includes(text))
  const target = look(act.press)
  if (!target) throw new Error(`No ${act.press.selector} with "${act.press.text}" is there to press`)
  if (look(act.shows)) throw new Error(`"${act.shows.text}" was there before the click`)
  // Looked for only when the page has changed: to look in every frame would make the browser draw every frame.
  const shown = new Promise<number>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`"${act.shows.text}" never appeared`)), act.patience)
    const watch = new MutationObserver(() => {
      if (!look(act.shows)) return
      watch.disconnect()
      clearTimeout(late)
      requestAnimationFrame(() => resolve(performance.now()))
    })
    watch.observe(document.body, { childList: true, subtree: true, characterData: true })
  })
  const begun = performance.now()
  if (act.typed === undefined) target.click()
  else {
    // As typing does: React listens to the native setter's event.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(target, act.typed)
    target.dispatchEvent(new Event('input', { bubbles: true }))
  }
  return (await shown) - begun
}

/** Runs in the page. */
async function askInPage(url: string): Promise<number> {
  const begun = performance.now()
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`The API answered ${answer.status}`)
  await answer.json()
  return performance.now() - begun
}
