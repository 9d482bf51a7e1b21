import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import type { Browser, Page, Request } from 'playwright'
import { partnerOf } from '../e2e/service/partner.ts'
import { buildWithEmptyPage } from './build-empty-page.ts'
import { least, measureInTurn } from './measure-in-turn.ts'
import type { Measurement } from './measurement.ts'
import { openBrowser } from './open-browser.ts'

const ROUNDS = 3
const KIBIBYTE = 1_024
/** "Slow 4G" of Chromium's developer tools, in bytes a second and milliseconds. */
const SLOW_4G = {
  offline: false,
  latency: 562.5,
  downloadThroughput: (1_600_000 * 0.9) / 8,
  uploadThroughput: (750_000 * 0.9) / 8,
}
const SLOW_CPU = 4
const OPEN = '/api/upload/open'

interface Load {
  milliseconds: number
  scriptBytes: number
}

/** What a person sees of it, for the record. */
interface Seen {
  /** Milliseconds until something can be read, until the chooser opens for a person who presses at once, and until the page is ready. */
  firstPaint: number
  choose: number
  ready: number
  /** Bytes that came over the line by then, as the server sends them, documents and headers included. */
  bytes: number
}

/**
 * The upload page against an empty client page of the same build, on a slow phone: script that is asked for before the
 * page can be used, compressed with brotli, and the time until its first effect runs; and when a person sees and can do
 * what. Nothing is cached.
 */
export async function measureFirstLoad(): Promise<Measurement[]> {
  const build = buildWithEmptyPage()
  // Starts what it lies beside: the copy.
  const start = pathToFileURL(path.join(build, 'e2e/service/start-service.ts')).href
  const { startService }: typeof import('../e2e/service/start-service.ts') = await import(start)
  const service = await startService()
  const browser = await openBrowser()
  try {
    const partner = await partnerOf(service, { rowsMin: 1_000 })
    const bytes = { upload: 0, empty: 0 }
    const seen: Seen[] = []
    const values = await measureInTurn(ROUNDS, {
      async upload() {
        const { url } = await partner.mint()
        let choose = Number.NaN
        const pressed = async (page: Page) => {
          choose = await chooserAfter(page)
          return uploadInteractive(page)
        }
        const load = await loadSlowly(browser, url, pressed, async (page, bytes) => {
          await page.locator('main[data-stage="ready"]').waitFor()
          seen.push({ ...(await seenOn(page)), choose, bytes: bytes() })
        })
        bytes.upload = load.scriptBytes
        return load.milliseconds
      },
      async empty() {
        const load = await loadSlowly(browser, `${service.origin}/empty-page`, emptyInteractive)
        bytes.empty = load.scriptBytes
        return load.milliseconds
      },
    })
    return figuresOf(bytes, { upload: least(values.upload), empty: least(values.empty) }, seen)
  } finally {
    await browser.close()
    await service.dispose()
  }
}

function figuresOf(bytes: Pages, milliseconds: Pages, seen: Seen[]): Measurement[] {
  const [upload, empty] = [bytes.upload / KIBIBYTE, bytes.empty / KIBIBYTE]
  return [
    {
      what: 'First-load script of the upload page beyond that of an empty client page, brotli',
      value: upload - empty,
      bound: { atMost: 12 },
      unit: 'KiB',
      record: `${upload.toFixed(1)} KiB against ${empty.toFixed(1)} KiB`,
    },
    {
      what: `Upload page interactive against the empty page, Slow 4G, CPU ${SLOW_CPU} times slower`,
      value: milliseconds.upload / milliseconds.empty,
      bound: { atMost: 1.15 },
      unit: '×',
      record: `${milliseconds.upload.toFixed(0)} ms against ${milliseconds.empty.toFixed(0)} ms (least of ${ROUNDS}); ${recordOf(seen)}`,
    },
    {
      what: `A file can be chosen against the first paint, Slow 4G, CPU ${SLOW_CPU} times slower`,
      value: Math.min(...seen.map(({ choose, firstPaint }) => choose / firstPaint)),
      bound: { atMost: 1.6 },
      unit: '×',
      record: seen
        .map(({ choose, firstPaint }) => `${choose.toFixed(0)} ms against ${firstPaint.toFixed(0)} ms`)
        .join(', '),
    },
  ]
}

/** Milliseconds of this machine, for the record. */
function recordOf(seen: Seen[]): string {
  const least = (pick: (each: Seen) => number) => Math.min(...seen.map(pick)).toFixed(0)
  const kibibytes = Math.max(...seen.map(({ bytes }) => bytes)) / KIBIBYTE
  return `something to read after ${least(({ firstPaint }) => firstPaint)} ms, the page is ready after ${least(({ ready }) => ready)} ms and ${kibibytes.toFixed(0)} KiB`
}

const seenOn = (page: Page) =>
  page.evaluate(() => ({
    firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    ready: performance.now(),
  }))

interface Pressed {
  chooserAt?: number
}

/** Runs in the page, first of all: notes when the browser is told to open its chooser. */
function noteChooser(): void {
  const note = ({ target }: Event) => {
    const isChooser = target instanceof HTMLInputElement && target.type === 'file'
    if (isChooser) (window as Pressed).chooserAt ??= performance.now()
  }
  document.addEventListener('click', note, { capture: true })
}

/** Presses the button as soon as it is there; milliseconds until the browser is told to open its chooser. */
async function chooserAfter(page: Page): Promise<number> {
  await page.locator('label[for="chooser"]').click()
  return (await page.waitForFunction(() => (window as Pressed).chooserAt)).jsonValue() as Promise<number>
}

type Pages = Record<'upload' | 'empty', number>

/** The first effect of the upload page opens the session. */
const uploadInteractive = (page: Page) =>
  page.waitForFunction(
    (open) => performance.getEntriesByType('resource').find(({ name }) => name.endsWith(open))?.startTime,
    OPEN,
  )

const emptyInteractive = (page: Page) =>
  page.waitForFunction(() => performance.getEntriesByName('interactive')[0]?.startTime)

async function loadSlowly(
  browser: Browser,
  url: string,
  interactive: typeof uploadInteractive,
  afterwards: (page: Page, bytes: () => number) => Promise<void> = async () => undefined,
): Promise<Load> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.addInitScript(noteChooser)
    const requests: Request[] = []
    page.on('request', (request) => requests.push(request))
    const cdp = await context.newCDPSession(page)
    let received = 0
    cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
      received += encodedDataLength
    })
    await cdp.send('Network.enable')
    await cdp.send('Network.emulateNetworkConditions', SLOW_4G)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOW_CPU })
    await page.goto(url, { waitUntil: 'commit' })
    const milliseconds = (await (await interactive(page)).jsonValue()) as number
    await afterwards(page, () => received)
    const opened = requests.findIndex((request) => request.url().endsWith(OPEN))
    const before = opened < 0 ? requests : requests.slice(0, opened)
    return { milliseconds, scriptBytes: await scriptBytes(before) }
  } finally {
    await context.close()
  }
}

async function scriptBytes(requests: Request[]): Promise<number> {
  const scripts = requests.filter((request) => request.resourceType() === 'script')
  const sizes = await Promise.all(
    scripts.map(async (request) => brotliCompressSync(await (await request.response())!.body()).length),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
