import { stat } from 'node:fs/promises'
import type { Browser, Page } from 'playwright'
import type { Bench } from './bench.ts'
import { least, measureInTurn } from './measure-in-turn.ts'
import type { Measurement } from './measurement.ts'
import { openBrowser, openUploadPage, rendererPids } from './open-browser.ts'
import { watchMemory } from './process-use.ts'
import { timeBaseline, timePick } from './time-pick.ts'

const ROUNDS = 4
const HOSTILE_ROUNDS = 3
const MEGABYTE = 1_000_000
const SLOW_CPU = 4

/**
 * From the moment a file is picked to the verdict in the document, in a real browser and on the real page. The page
 * is reloaded each time, so that no code is warm, because a person does this once.
 */
export async function measureSniff(bench: Bench): Promise<Measurement[]> {
  const browser = await openBrowser()
  try {
    return [
      ...(await measureSound(browser, bench)),
      ...(await measureHostile(browser, bench)),
      await measureTasks(browser, bench),
    ]
  } finally {
    await browser.close()
  }
}

async function measureSound(browser: Browser, bench: Bench): Promise<Measurement[]> {
  const file = bench.files.largeZip
  const values = await measureInTurn(ROUNDS, {
    ours: () => onFreshPage(browser, bench, (page) => timePick(page, file)),
    bare: () => onFreshPage(browser, bench, (page) => timeBaseline(page, file, { whole: false })),
    whole: () => onFreshPage(browser, bench, (page) => timeBaseline(page, file, { whole: true })),
  })
  const [ours, bare, whole] = [least(values.ours), least(values.bare), least(values.whole)]
  return [
    {
      what: 'Sniff a 25 MB archive in the page, against a bare directory read and DecompressionStream of a file read whole',
      value: ours / whole,
      bound: { atMost: 4 },
      unit: '×',
      // Why the reading counts on both sides: docs/decisions/0006.
      record:
        `${ours.toFixed(1)} ms against ${whole.toFixed(1)} ms (least of ${ROUNDS}); ` +
        `a page that reads slices only: ${bare.toFixed(1)} ms`,
    },
  ]
}

async function measureHostile(browser: Browser, bench: Bench): Promise<Measurement[]> {
  const times = new LeastByName()
  const growths = new LeastByName()
  // Refused files leave the page as it is, so that one page serves for all.
  await onFreshPage(browser, bench, async (page) => {
    // JSZip is loaded, and the words of a refusal are drawn.
    await timePick(page, bench.files.smallText)
    for (const { name, path } of repeated(bench.files.hostile)) {
      const { milliseconds, megabytes } = await weighPick(browser, page, path)
      times.add(name, milliseconds)
      growths.add(name, megabytes)
    }
  })
  return [
    {
      what: 'Refuse a hostile archive in the page: the slowest of them',
      value: times.largest(),
      bound: { atMost: 300 },
      unit: 'ms',
      alone: true,
      record: times.list('ms'),
    },
    {
      what: 'Memory of the page for it, beside the file’s own bytes: the largest',
      value: growths.largest(),
      bound: { atMost: 60 },
      unit: 'MB',
      record: growths.list('MB'),
    },
  ]
}

async function measureTasks(browser: Browser, bench: Bench): Promise<Measurement> {
  const longest = new LeastByName()
  for (let round = 0; round < HOSTILE_ROUNDS; round++) {
    await onFreshPage(browser, bench, async (page) => {
      await watchTasks(page)
      for (const { name, path } of bench.files.hostile) longest.add(name, await longestTask(page, path))
      longest.add('sound', await longestTask(page, bench.files.largeZip))
    })
  }
  return {
    what: `Longest task of the page’s main thread while it judges a file, CPU ${SLOW_CPU} times slower`,
    value: longest.largest(),
    bound: { atMost: 200 },
    unit: 'ms',
    alone: true,
    record: longest.list('ms'),
  }
}

const repeated = <T>(items: T[]): T[] => Array.from({ length: HOSTILE_ROUNDS }, () => items).flat()

async function onFreshPage<T>(browser: Browser, bench: Bench, use: (page: Page) => Promise<T>): Promise<T> {
  const page = await openUploadPage(browser, bench)
  try {
    return await use(page)
  } finally {
    await page.context().close()
  }
}

interface Weighed {
  milliseconds: number
  megabytes: number
}

/** Time and memory of one refusal. */
async function weighPick(browser: Browser, page: Page, file: string): Promise<Weighed> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('HeapProfiler.collectGarbage')
  const grown = watchMemory(await rendererPids(browser))
  const milliseconds = await timePick(page, file)
  const megabytes = Math.max(0, grown() - (await stat(file)).size / MEGABYTE)
  await cdp.detach()
  return { milliseconds, megabytes }
}

async function watchTasks(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOW_CPU })
  await page.evaluate(() => {
    const watching = window as typeof window & { longest?: number }
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        watching.longest = Math.max(watching.longest ?? 0, duration)
      }
    }).observe({ type: 'longtask' })
  })
}

/** Milliseconds; 0 when no task took the 50 that make it a long one. */
async function longestTask(page: Page, file: string): Promise<number> {
  await page.evaluate(() => {
    const watching = window as typeof window & { longest?: number }
    watching.longest = 0
  })
  await timePick(page, file)
  // Entries are handed over when the task has ended and the page is idle again.
  return page.evaluate(async () => {
    await new Promise((resolve) => requestIdleCallback(resolve))
    return (window as typeof window & { longest?: number }).longest!
  })
}

/** The smallest value of each of several repeated measurements. */
export class LeastByName {
  readonly #values = new Map<string, number>()

  add(name: string, value: number): void {
    this.#values.set(name, Math.min(this.#values.get(name) ?? value, value))
  }

  largest(): number {
    return Math.max(...this.#values.values())
  }

  /** For the record: `bomb 12 ms, 240,000 entries 3 ms`. */
  list(unit: string): string {
    return [...this.#values].map(([name, value]) => `${name} ${value.toFixed(0)} ${unit}`).join(', ')
  }
}
